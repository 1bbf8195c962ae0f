import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { DatabasePlace } from '#lib/foundation/database-place.ts'
import { withDatabase } from '#lib/foundation/with-database.ts'
import { migrationsOf } from '../../../prisma/migrate.ts'
import { openDatabase } from '../db/database.ts'

/** The major version of PostgreSQL that all is tried with. */
export const oldestTried = 15

/** A database, as it is before anybody brings it up to date. */
interface Seen {
  /** Name and version of its engine. */
  engine: string
  /** A version that nothing was tried with. */
  tooOld: boolean
  /** Migrations that are still to be carried out; undefined where there is no database yet. */
  pending: number | undefined
  /** Those that were carried out and are none of this version's. */
  later: number
  /** By how much its server's clock is before this process's, in milliseconds; undefined where it is the same. */
  ahead?: number
  /** What SQLite says of a file that is damaged. */
  damage?: string
}

const patience = { connectionTimeoutMillis: 5_000, query_timeout: 5_000 }

/** Looks at a database and changes nothing: where there is none, none is made. */
export function see(place: DatabasePlace): Promise<Seen> {
  return place.engine === 'sqlite' ? seeFile(place.file) : seeServer(place.url)
}

/**
 * Opens it as a server does, and writes to it once.
 *
 * @throws StartError
 */
export const open = openDatabase

async function seeFile(file: string): Promise<Seen> {
  if (!existsSync(file)) return { engine: 'SQLite', tooOld: false, pending: undefined, later: 0 }
  return withDatabase(file, (database) => {
    const engine = `SQLite ${database.prepare('SELECT sqlite_version()').pluck().get()}`
    const damage = String(database.pragma('quick_check(1)', { simple: true }))
    const known = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get()
    const done = known ? (database.prepare(applied).pluck().all() as string[]) : []
    return { engine, tooOld: false, ...stateOf('sqlite', done), ...(damage === 'ok' ? {} : { damage }) }
  })
}

async function seeServer(url: string): Promise<Seen> {
  const client = new pg.Client({ connectionString: url, ...patience })
  await client.connect()
  try {
    const began = Date.now()
    const { rows } = await client.query<{ version: string; now: Date; known: string | null }>(
      `SELECT current_setting('server_version') AS "version", now() AS "now", to_regclass('"_prisma_migrations"') AS "known"`,
    )
    const [{ version = '', now = new Date(), known = null } = {}] = rows
    const ahead = now.getTime() - (began + Date.now()) / 2
    const done = known ? (await client.query<{ migration_name: string }>(applied)).rows : []
    const names = done.map((row) => row.migration_name)
    const tooOld = Number.parseInt(version, 10) < oldestTried
    return { engine: `PostgreSQL ${version.split(' ')[0]}`, tooOld, ...stateOf('postgresql', names), ahead }
  } finally {
    await client.end()
  }
}

const applied = 'SELECT "migration_name" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL'

function stateOf(engine: DatabasePlace['engine'], done: string[]): { pending: number; later: number } {
  const all = migrationsOf(join(process.cwd(), `prisma/auth/${engine}/migrations`)).map(({ name }) => name)
  return {
    pending: all.filter((name) => !done.includes(name)).length,
    later: done.filter((name) => !all.includes(name)).length,
  }
}
