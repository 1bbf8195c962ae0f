import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { DatabasePlace } from '#lib/foundation/database-place.ts'
import { isDamaged } from '#lib/foundation/postgresql-failure.ts'
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
  /** When what its audit log has last was written, in epoch milliseconds, by the clock that there was then; undefined without. */
  written?: number | undefined
  /** What its engine says of what is damaged. */
  damage?: string
  /** How many of its tables were too long to be read through here; of what is damaged in these nothing is known. */
  unread?: number
  /** It keeps no checksums: what a disk made of a page may pass for what was written. */
  unchecked?: true
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
    const state = { tooOld: false, ...stateOf('sqlite', done) }
    if (damage !== 'ok') return { engine, ...state, damage }
    // What is to be migrated may have no such table yet.
    const written = state.pending === 0 ? (database.prepare(lastAudited).pluck().get() as string | null) : null
    return { engine, ...state, written: written === null ? undefined : Date.parse(written) }
  })
}

// The ids of a tenant's events sort by when they were.
const lastAudited = `SELECT max((SELECT "at" FROM "AuditEvent" WHERE "tenantId" = "Tenant"."id" ORDER BY "id" DESC LIMIT 1)) FROM "Tenant"`

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
    const state = { tooOld, ...stateOf('postgresql', names), ahead, ...(await pagesOf(client)) }
    return { engine: `PostgreSQL ${version.split(' ')[0]}`, ...state }
  } finally {
    await client.end()
  }
}

const reading = { milliseconds: 3_000, each: 1_000 }

/** What became of the pages of its tables: of those that its server has met, and of all as far as they can be read in seconds. */
async function pagesOf(client: pg.Client): Promise<Pick<Seen, 'damage' | 'unread' | 'unchecked'>> {
  const { rows } = await client.query<{ met: number | null; last: string }>(
    `SELECT "checksum_failures"::int AS "met", to_char("checksum_last_failure" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS "last"
     FROM "pg_stat_database" WHERE "datname" = current_database()`,
  )
  const [{ met = 0, last = '' } = {}] = rows
  // Without checksums it counts none.
  const unchecked = met === null ? { unchecked: true as const } : {}
  if (met) return { damage: `its server has met ${met} pages with a wrong checksum, the last on ${last} UTC.` }
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT "relname" AS "name" FROM "pg_class" WHERE "relkind" = 'r' AND "relnamespace" = current_schema()::regnamespace
     ORDER BY "relpages"`,
  )
  // In a transaction, so that a pooler's connection has these settings no longer.
  await client.query(
    `BEGIN READ ONLY; SET LOCAL statement_timeout = ${reading.each}; SET LOCAL enable_indexonlyscan = off`,
  )
  const began = performance.now()
  try {
    for (const [at, { name }] of tables.entries()) {
      if (performance.now() - began > reading.milliseconds) return { ...unchecked, unread: tables.length - at }
      const error = await client.query(`SELECT count(*) FROM "${name}"`).catch((error: Error) => error)
      if (isDamaged(error)) return { damage: (error as Error).message }
      if (error instanceof Error) return { ...unchecked, unread: tables.length - at }
    }
    return unchecked
  } finally {
    await client.query('ROLLBACK')
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
