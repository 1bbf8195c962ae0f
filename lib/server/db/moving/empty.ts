import type { ClientBase } from 'pg'
import { StartError } from '#lib/foundation/start-error.ts'
import { quoted, type Table } from './tables.ts'

const history = new Set(['_prisma_migrations', '_migrating'])

/**
 * Refuses a database that has tables of something else.
 *
 * @throws StartError
 */
export async function refuseOthers(client: ClientBase, name: string, tables: readonly Table[]): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    `SELECT tablename AS "table" FROM pg_catalog.pg_tables WHERE schemaname = current_schema() ORDER BY tablename`,
  )
  const ours = new Set(tables.map((table) => table.name))
  const others = rows.map(({ table }) => table).filter((table) => !ours.has(table) && !history.has(table))
  if (others.length > 0) throw notEmpty(name, `it has tables of something else (${some(others)})`)
}

/**
 * Has everybody else wait who would write to a database, and refuses one that has rows.
 *
 * @throws StartError
 */
export async function refuseRows(client: ClientBase, name: string, tables: readonly Table[]): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = '10s'`)
  const names = tables.map((table) => table.name)
  await client.query(`LOCK TABLE ${names.map(quoted).join(', ')} IN SHARE ROW EXCLUSIVE MODE`)
  const { rows } = await client.query<{ table: string }>(
    names
      .map((table, at) => `SELECT $${at + 1}::text AS "table" WHERE EXISTS (SELECT 1 FROM ${quoted(table)})`)
      .join(' UNION ALL '),
    names,
  )
  if (rows.length > 0) throw notEmpty(name, `it has rows in ${some(rows.map(({ table }) => table))}`)
}

function some(names: string[]): string {
  const told = names.slice(0, 3).join(', ')
  return names.length > 3 ? `${told} and ${names.length - 3} more` : told
}

function notEmpty(name: string, why: string): StartError {
  return new StartError(
    `The database ${name} is not empty: ${why}. Nothing was changed there. Make a new one, and name that.`,
  )
}
