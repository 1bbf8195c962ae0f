import Database from 'better-sqlite3'
import pg from 'pg'
import type { DatabasePlace } from '#lib/foundation/database-place.ts'
import { insertMany } from '../../server/db/moving/bulk.ts'
import type { Cell } from '../../server/db/moving/canonical.ts'
import type { Kind } from '../../server/db/moving/tables.ts'

/** Where many rows go. */
export interface Sink {
  /** Writes rows of a table, given as the cells of some of its columns; the others have their defaults. */
  insert(table: string, columns: readonly string[], rows: readonly Cell[][]): Promise<void>
  /** Has the database learn what it holds, where servers have it learn that, too, and closes it. */
  close(): Promise<void>
}

/** A database that is up to date, for rows in bulk; no server uses it meanwhile. */
export async function openSink(place: DatabasePlace): Promise<Sink> {
  return place.engine === 'sqlite' ? sqliteSink(place.file) : postgresqlSink(place.url)
}

function sqliteSink(file: string): Sink {
  const database = new Database(file)
  // Whoever loses power while it is filled fills it again.
  database.pragma('synchronous = OFF')
  database.pragma('cache_size = -1000000')
  const write = database.transaction((sql: string, rows: readonly Cell[][]) => {
    const statement = database.prepare(sql)
    for (const row of rows) statement.run(...row.map(stored))
  })
  return {
    async insert(table, columns, rows) {
      // Columns of numbers make numbers of them.
      write(`INSERT INTO "${table}" (${columns.map((name) => `"${name}"`)}) VALUES (${columns.map(() => '?')})`, rows)
    },
    async close() {
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
  const { rows: declared } = await client.query<{ table: string; name: string; type: string }>(
    `SELECT table_name AS "table", column_name AS "name", data_type AS "type" FROM information_schema.columns
     WHERE table_schema = current_schema()`,
  )
  const kindOf = new Map(declared.map(({ table, name, type }) => [`${table}.${name}`, kinds[type]]))
  return {
    async insert(name, columns, rows) {
      const shape = columns.map((column) => ({ name: column, kind: kindOf.get(`${name}.${column}`) ?? 'text' }))
      await insertMany(client, { name, columns: shape }, rows)
    },
    async close() {
      await client.query('ANALYZE')
      await client.end()
    },
  }
}
