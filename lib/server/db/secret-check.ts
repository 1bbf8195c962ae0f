import Database from 'better-sqlite3'
import { deriveKey, hasSecret, secretSource } from '../root-secret.ts'
import { StartError } from '../start-error.ts'
import { unseal } from '../tokens/sealed.ts'

const name = 'root-secret-check'

/**
 * Lets a database be opened only under the root secret that it was made under; under another, keys and links would be dead
 * and signing keys unreadable. Nothing is written, neither here nor to the data directory.
 *
 * A database that was made before there was a check value is tried by the key that signs in it.
 *
 * @throws StartError
 */
export function checkSecret(file: string): void {
  const { check, signing, used } = withDatabase(file, madeUnder)
  if (!used) return
  if (!hasSecret()) {
    throw new StartError(
      `The database ${file} was made under the root secret in ${secretSource()}, which is not there: put the file back from your backup, or set ROOT_SECRET.`,
    )
  }
  if (check === undefined ? signing && !opens(signing) : check !== checkValue()) throw another(file)
}

/**
 * Keeps the check value of the root secret. Of processes that start at once on a new database, under whatever secrets, the
 * first decides.
 *
 * @throws StartError
 */
export function keepSecretCheck(file: string): void {
  const kept = withDatabase(file, (database) => {
    const find = database.prepare('SELECT "value" FROM "Setting" WHERE "name" = ?').pluck()
    if (find.get(name) === undefined) {
      database
        .prepare('INSERT INTO "Setting" ("name", "value") VALUES (?, ?) ON CONFLICT DO NOTHING')
        .run(name, checkValue())
    }
    return find.get(name)
  })
  if (kept !== checkValue()) throw another(file)
}

interface SealedKey {
  id: string
  privateJwk: string
}

/** What a database has that tells of its secret. */
function madeUnder(database: Database.Database) {
  const tables = new Set(database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all())
  const first = <Found>(table: string, columns: string, condition: string) =>
    tables.has(table)
      ? (database.prepare(`SELECT ${columns} FROM "${table}" WHERE ${condition} LIMIT 1`).get() as Found | undefined)
      : undefined
  const check = first<{ value: string }>('Setting', '"value"', `"name" = '${name}'`)?.value
  const signing = first<SealedKey>(
    'SigningKey',
    '"id", "privateJwk"',
    '"activatedAt" IS NOT NULL AND "retiredAt" IS NULL',
  )
  return { check, signing, used: Boolean(check ?? signing ?? first('ApiKey', '"id"', 'true')) }
}

function opens({ id, privateJwk }: SealedKey): boolean {
  try {
    return unseal(privateJwk, `signing-key:${id}`) !== ''
  } catch {
    return false
  }
}

/** Tells nothing of the secret, and is of no other use: derived for this purpose alone. */
function checkValue(): string {
  return deriveKey(name).toString('base64url')
}

function another(file: string): StartError {
  return new StartError(
    `The database ${file} was made under another root secret than the one in ${secretSource()}: put back the one that it was made under; every character counts, a line break at its end too.`,
  )
}

function withDatabase<Result>(file: string, ask: (database: Database.Database) => Result): Result {
  const database = new Database(file, { timeout: 15_000 })
  try {
    return ask(database)
  } finally {
    database.close()
  }
}
