import { existsSync } from 'node:fs'
import { withDatabase } from '#lib/foundation/with-database.ts'

/** The name of the setting that holds the check value of the secret that a database was made under. */
export const checkName = 'mpc-secret-check'

/** The check value that a database has; undefined where there is none yet. Where there is no database, none is made. */
export function keptCheck(file: string): string | undefined {
  if (!existsSync(file)) return undefined
  return withDatabase(file, (database) => {
    const made = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'Setting'").get()
    if (!made) return undefined
    return database.prepare('SELECT "value" FROM "Setting" WHERE "name" = ?').pluck().get(checkName) as
      | string
      | undefined
  })
}

/** Whether anything in a database was made under a secret. */
export function isUsed(file: string): boolean {
  return keptCheck(file) !== undefined
}
