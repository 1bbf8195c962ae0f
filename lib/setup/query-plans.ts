import Database from 'better-sqlite3'
import { fileOf } from '#lib/foundation/database-place.ts'
import { env } from '../server/env.ts'

// How the database goes about what a store asks: for tests that a long table is never walked through.

const asked = new Set<string>()
const { prepare } = Database.prototype
Database.prototype.prepare = function (this: Database.Database, sql: string) {
  asked.add(sql)
  return prepare.call(this, sql)
} as typeof prepare

/**
 * The steps of every query of a table that was asked so far, or of statements of other kinds, too. To be imported before the
 * database is opened: each text is prepared once.
 */
export function plansOf(table: string, kinds = ['SELECT']): string[] {
  const kind = new RegExp(`^\\s*(?:${kinds.join('|')})\\b`, 'i')
  const database = new Database(fileOf(env().database), { readonly: true })
  try {
    return [...asked]
      .filter((sql) => kind.test(sql) && sql.includes(table))
      .flatMap((sql) => {
        const values = Array.from(sql.matchAll(/\?/g), () => null)
        const steps = database.prepare<null[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values)
        return steps.map(({ detail }) => detail)
      })
  } finally {
    database.close()
  }
}
