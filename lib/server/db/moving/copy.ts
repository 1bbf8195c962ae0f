import Database from 'better-sqlite3'
import pg from 'pg'
import { nameOf } from '#lib/foundation/database-place.ts'
import { failureOf } from '#lib/foundation/postgresql-failure.ts'
import { inASentence, StartError } from '#lib/foundation/start-error.ts'
import { failureOf as failureOfSqlite } from '#lib/foundation/storage-failure.ts'
import { migrateWithin } from '../../../../prisma/migrate-postgresql.ts'
import { insertMany } from './bulk.ts'
import { type Cell, cellsOfPostgresql, cellsOfSqlite, type Sum, summing } from './canonical.ts'
import { refuseOthers, refuseRows } from './empty.ts'
import { quoted, type Table, tablesOf } from './tables.ts'

/** A table that was copied, and is the same on both sides. */
export interface Copied extends Sum {
  table: string
}

interface Way {
  /** A file of SQLite's that is up to date. */
  from: string
  /** The address of a database of PostgreSQL's. */
  to: string
  /** The migrations that make its tables. */
  migrations: string
  /** Whether all is taken back at the end. */
  rehearsal: boolean
  /** Told of how many rows are done, of how many. */
  progress(done: number, all: number): void
}

// Rows, and characters, that are written at once.
const batch = { rows: 1_000, size: 4_000_000 }

/**
 * Copies a database of SQLite, as it is at one moment, to PostgreSQL, and compares every cell of every table on both sides:
 * in one transaction, with the tables themselves, so that the target has all of it or is as it was, whatever ends this
 * process. Whoever else would write to the target waits meanwhile.
 *
 * @throws StartError where the file is damaged, where the target has anything in it, cannot be reached, or came out different
 */
export async function copyDatabase({ from, to, migrations, rehearsal, progress }: Way): Promise<Copied[]> {
  const name = nameOf({ engine: 'postgresql', url: to })
  const source = new Database(from, { readonly: true, timeout: 15_000 })
  const target = new pg.Client({ connectionString: to, connectionTimeoutMillis: 5_000, keepAlive: true })
  // Its error comes with the query that meets it.
  target.on('error', () => {})
  try {
    source.exec('BEGIN')
    const tables = tablesOf(source)
    await target.connect()
    await target.query('BEGIN')
    await refuseOthers(target, name, tables)
    await migrateWithin(target, migrations)
    await refuseRows(target, name, tables)
    const copied = await copyAll(source, target, tables, progress)
    await target.query(rehearsal ? 'ROLLBACK' : 'COMMIT')
    return copied
  } catch (error) {
    const ofSource = failureOfSqlite(error)
    if (ofSource) throw inASentence(`The database ${from}`, error, ofSource)
    throw inASentence(`The database ${name}`, error, failureOf(error) ?? refusalOf(error))
  } finally {
    source.close()
    // What has no COMMIT is rolled back.
    await target.end()
  }
}

async function copyAll(
  source: Database.Database,
  target: pg.Client,
  tables: readonly Table[],
  progress: Way['progress'],
): Promise<Copied[]> {
  const count = (table: Table) =>
    source
      .prepare(`SELECT count(*) FROM ${quoted(table.name)}`)
      .pluck()
      .get() as number
  // Each row is written, and read back.
  const all = 2 * tables.reduce((sum, table) => sum + count(table), 0)
  let done = 0
  const step = (rows: number) => {
    done += rows
    progress(done, all)
  }
  const copied: Copied[] = []
  for (const table of tables) copied.push({ table: table.name, ...(await copyTable(source, target, table, step)) })
  for (const { table: name, ...written } of copied) {
    const table = tables.find((one) => one.name === name) as Table
    const { rows, checksum } = await readBack(target, table, step)
    if (rows === written.rows && checksum === written.checksum) continue
    throw new StartError(
      `“${name}” came out different: ${written.rows} rows here, ${rows} there${rows === written.rows ? ', of other contents' : ''}. Nothing was kept there.`,
    )
  }
  return copied
}

async function copyTable(
  source: Database.Database,
  target: pg.Client,
  table: Table,
  step: (rows: number) => void,
): Promise<Sum> {
  const { add, sum } = summing()
  let [rows, size]: [Cell[][], number] = [[], 0]
  const flush = async () => {
    await insertMany(target, table, rows)
    step(rows.length)
    rows = []
    size = 0
  }
  const all = source
    .prepare<[], unknown[]>(`${inOrder(table)}`)
    .raw()
    .safeIntegers()
    .iterate()
  for (const row of all) {
    const cells = cellsOfSqlite(table.columns, row)
    add(cells)
    rows.push(cells)
    size += cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0)
    if (rows.length >= batch.rows || size >= batch.size) await flush()
  }
  await flush()
  return sum()
}

const asText = { getTypeParser: () => (text: string) => text }

async function readBack(target: pg.Client, table: Table, step: (rows: number) => void): Promise<Sum> {
  const { add, sum } = summing()
  await target.query(`DECLARE "read" NO SCROLL CURSOR FOR ${inOrder(table)}`)
  for (;;) {
    const asked = { text: `FETCH ${batch.rows} FROM "read"`, rowMode: 'array', types: asText } as pg.QueryArrayConfig
    const { rows } = await target.query<Cell[]>(asked)
    for (const row of rows) add(cellsOfPostgresql(table.columns, row))
    step(rows.length)
    if (rows.length === 0) break
  }
  await target.query('CLOSE "read"')
  return sum()
}

/** Every row of a table: texts are in the order of their bytes on both engines. */
function inOrder({ name, columns, key }: Table): string {
  const list = (names: readonly string[]) => names.map(quoted).join(', ')
  return `SELECT ${list(columns.map((column) => column.name))} FROM ${quoted(name)} ORDER BY ${list(key)}`
}

/** What of a row PostgreSQL does not take; undefined for what is no refusal of it. */
function refusalOf(error: unknown): string | undefined {
  const { code, message, table } = (error ?? {}) as { code?: string; message?: string; table?: string }
  if (!/^(?:22|23|55)...$/.test(code ?? '')) return undefined
  return `it refuses ${table ? `a row of “${table}”` : 'what is copied'} (${message}); nothing was kept there`
}
