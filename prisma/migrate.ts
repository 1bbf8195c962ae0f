import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** The history table, as Prisma makes it. */
const history = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
  "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
)`

// Milliseconds that other processes are waited for.
const patience = 15_000

interface Applied {
  migration_name: string
  checksum: string
}

/**
 * Brings a database up to date: applies the migrations of a folder that it has not seen, in order, each in a
 * transaction of its own, and records them as `prisma migrate deploy` would, so that both agree on the history.
 *
 * Where there is nothing to apply, nobody's lock is waited for. Else the history is read again inside the write lock, so
 * processes that start together apply each migration once.
 *
 * @returns the names of the migrations that were applied
 * @throws Error when an applied migration was edited since, or one fails (which leaves the database as it was)
 */
export function migrate(file: string, directory = join(process.cwd(), 'prisma/auth/sqlite/migrations')): string[] {
  const database = new Database(file, { timeout: patience })
  try {
    writeAhead(database)
    database.pragma('synchronous = FULL')
    // A table is changed by making it anew: what refers to it does not go with the old one.
    database.pragma('foreign_keys = OFF')
    return migrationsOf(directory)
      .filter((migration) => apply(database, migration))
      .map(({ name }) => name)
  } finally {
    database.close()
  }
}

export interface Migration {
  name: string
  sql: string
  checksum: string
}

/** The migrations of a folder, in their order. */
export function migrationsOf(directory: string): Migration[] {
  const names = readdirSync(/* turbopackIgnore: true */ directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  return names.map((name) => {
    const sql = readFileSync(/* turbopackIgnore: true */ join(directory, name, 'migration.sql'), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/**
 * Sets the journal's mode. SQLite waits for nobody here: where another process has the file open at that moment, it says at
 * once that it is locked.
 */
function writeAhead(database: Database.Database): void {
  const until = Date.now() + patience
  for (;;) {
    try {
      database.pragma('journal_mode = WAL')
      return
    } catch (error) {
      if (!(error as { code?: string }).code?.startsWith('SQLITE_BUSY') || Date.now() > until) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

function apply(database: Database.Database, { name, sql, checksum }: Migration): boolean {
  if (isApplied(database, name, checksum)) return false
  return database
    .transaction(() => {
      database.exec(history)
      if (isApplied(database, name, checksum)) return false
      const started = Date.now()
      database.exec(sql)
      if (/\bDROP TABLE\b/i.test(sql) && (database.pragma('foreign_key_check') as unknown[]).length > 0) {
        throw new Error(`Migration ${name} leaves rows that refer to none.`)
      }
      database
        .prepare(
          'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)',
        )
        .run(randomUUID(), checksum, name, started, Date.now())
      return true
    })
    .immediate()
}

function isApplied(database: Database.Database, name: string, checksum: string): boolean {
  const begun = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get()
  if (!begun) return false
  const applied = database
    .prepare<[string], Applied>('SELECT * FROM _prisma_migrations WHERE migration_name = ? AND rolled_back_at IS NULL')
    .get(name)
  if (applied && applied.checksum !== checksum) throw new Error(`Migration ${name} was changed after it was applied.`)
  return applied !== undefined
}
