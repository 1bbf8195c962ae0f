import { existsSync } from 'node:fs'
import { withDatabase } from '#lib/foundation/with-database.ts'

/** The name of the setting that holds the check value of a database's root secret. */
export const checkName = 'root-secret-check'

/** A key that signs, as it is stored. */
export interface SealedKey {
  id: string
  privateJwk: string
}

interface MadeUnder {
  /** The check value of the secret; undefined where a version before there was one made the database. */
  check?: string | undefined
  signing?: SealedKey | undefined
  /** Whether there is anything in it that was made under a secret. */
  used: boolean
}

/** What a database has that tells of the root secret that it was made under. Where there is none, none is made. */
export function madeUnder(file: string): MadeUnder {
  if (!existsSync(file)) return { used: false }
  return withDatabase(file, (database) => {
    const tables = new Set(database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all())
    const first = <Found>(table: string, columns: string, condition: string) =>
      tables.has(table)
        ? (database.prepare(`SELECT ${columns} FROM "${table}" WHERE ${condition} LIMIT 1`).get() as Found | undefined)
        : undefined
    const check = first<{ value: string }>('Setting', '"value"', `"name" = '${checkName}'`)?.value
    const signing = first<SealedKey>(
      'SigningKey',
      '"id", "privateJwk"',
      '"activatedAt" IS NOT NULL AND "retiredAt" IS NULL',
    )
    return { check, signing, used: Boolean(check ?? signing ?? first('ApiKey', '"id"', 'true')) }
  })
}
