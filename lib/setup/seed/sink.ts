import Database from 'better-sqlite3'
import pg from 'pg'
import type { DatabasePlace } from '#lib/foundation/database-place.ts'
import { insertMany } from '../../server/db/moving/bulk.ts'
import type { Cell } from '../../server/db/moving/canonical.ts'
import type { Kind } from '../../server/db/moving/tables.ts'

/** Where many rows go: all of them, or none where it is not closed. */
export interface Sink {
  /** A table is to have many rows, of which each is looked up by nobody yet: its indexes are made once it has them. */
  begin(table: string): Promise<void>
  /** Writes rows of a table, given as the cells of some of its columns; the others have their defaults. */
  insert(table: string, columns: readonly string[], rows: readonly Cell[][]): Promise<void>
  /** Makes a table's indexes. */
  end(table: string): Promise<void>
  /** Has the database learn what it holds, where servers have it learn that, too, and closes it. */
  close(): Promise<void>
}

/** A database that is up to date, for rows in bulk; no server uses it meanwhile. */
export async function openSink(place: DatabasePlace): Promise<Sink> {
  return place.engine === 'sqlite' ? sqliteSink(place.file) : postgresqlSink(place.url)
}

function sqliteSink(file: string): Sink {
  const database = new Database(file)
  // Whoever loses power while it is filled fills it again; who ends it finds it as it was. What is new is written once.
  database.pragma('synchronous = OFF')
  database.pragma('journal_mode = DELETE')
  database.pragma('cache_size = -1000000')
  // Each row refers to one of this run.
  database.pragma('foreign_keys = OFF')
  database.exec('BEGIN IMMEDIATE')
  const statements = new Map<string, Database.Statement>()
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const indexes = new Map<string, { name: string; sql: string }[]>()
  return {
    async begin(table) {
      // What is the table's own has no text.
      const named = database.prepare<[string], { name: string; sql: string }>(
        `SELECT "name", "sql" FROM "sqlite_master" WHERE "type" = 'index' AND "tbl_name" = ? AND "sql" IS NOT NULL`,
      )
      const all = named.all(table)
      for (const { name } of all) database.exec(`DROP INDEX "${name}"`)
      indexes.set(table, all)
    },
    async insert(table, columns, rows) {
      // Columns of numbers make numbers of them.
      const places = columns.map(() => '?')
      const statement = prepared(`INSERT INTO "${table}" (${columns.map((name) => `"${name}"`)}) VALUES (${places})`)
      for (const row of rows) statement.run(...row.map(stored))
    },
    async end(table) {
      for (const { sql } of indexes.get(table) ?? []) database.exec(sql)
    },
    async close() {
      database.exec('COMMIT')
      database.pragma('journal_mode = WAL')
      database.close()
    },
  }
}

function stored(cell: Cell): Cell | Buffer | number {
  if (cell === 'true' || cell === 'false') return Number(cell === 'true')
  return cell?.startsWith('\\x') ? Buffer.from(cell.slice(2), 'hex') : cell
}

const kinds: Record<string, Kind> = {
  text: 'text',
  integer: 'integer',
  bigint: 'integer',
  boolean: 'boolean',
  bytea: 'bytes',
  'timestamp without time zone': 'moment',
}

async function postgresqlSink(url: string): Promise<Sink> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('SET synchronous_commit = off')
  await client.query(`SET maintenance_work_mem = '512MB'`)
  // Each row refers to one of this run: where the user may, that is not looked up for each.
  await client.query('SET session_replication_role = replica').catch(() => undefined)
  const { rows: declared } = await client.query<{ table: string; name: string; type: string }>(
    `SELECT table_name AS "table", column_name AS "name", data_type AS "type" FROM information_schema.columns
     WHERE table_schema = current_schema()`,
  )
  const kindOf = new Map(declared.map(({ table, name, type }) => [`${table}.${name}`, kinds[type]]))
  const indexes = new Map<string, { name: string; sql: string }[]>()
  await client.query('BEGIN')
  return {
    async begin(table) {
      // Those of constraints are the table's own.
      const { rows } = await client.query<{ name: string; sql: string }>(
        `SELECT "indexname" AS "name", "indexdef" AS "sql" FROM "pg_indexes"
         WHERE "schemaname" = current_schema() AND "tablename" = $1
           AND "indexname" NOT IN (SELECT "conname" FROM "pg_constraint")`,
        [table],
      )
      for (const { name } of rows) await client.query(`DROP INDEX "${name}"`)
      indexes.set(table, rows)
    },
    async insert(name, columns, rows) {
      const shape = columns.map((column) => ({ name: column, kind: kindOf.get(`${name}.${column}`) ?? 'text' }))
      await insertMany(client, { name, columns: shape }, rows)
    },
    async end(table) {
      for (const { sql } of indexes.get(table) ?? []) await client.query(sql)
    },
    async close() {
      await client.query('COMMIT')
      await client.query('VACUUM (ANALYZE)')
      await client.end()
    },
  }
}
