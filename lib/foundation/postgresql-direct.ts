import pg from 'pg'
import type { Direct, Sql, Write } from './direct.ts'
import { translated, untilNoConflict } from './postgresql-failure.ts'
import { postgresqlSql } from './postgresql-sql.ts'

const { builtins } = pg.types

/** Rows as SQLite gives them: integers as numbers, booleans as 1 and 0, moments as `stampOf` writes them. */
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.BOOL, (text) => (text === 't' ? 1 : 0)],
  [builtins.INT8, Number],
  [builtins.NUMERIC, Number],
  [builtins.TIMESTAMP, (text) => stampOfText(text)],
])
const types = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    parsers.get(id) ?? pg.types.getTypeParser(id, format as 'text'),
}

/** A moment that PostgreSQL wrote, as `stampOf` has it. */
export function stampOfText(text: string): string {
  const [date, time = ''] = text.split(' ')
  const [seconds, fraction = ''] = time.split('.')
  return `${date}T${seconds}.${fraction.padEnd(3, '0')}+00:00`
}

type Asked = Pick<pg.ClientBase, 'query'>

/** The same as SQLite's, by connections of a pool. What is written together is one transaction of its own. */
export function postgresqlDirect(pool: pg.Pool): Direct {
  async function rowsOf<Row>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    try {
      const query = { text: postgresqlSql(sql), values: [...values], types } as pg.QueryConfig
      return (await untilNoConflict(() => pool.query(query))).rows as Row[]
    } catch (error) {
      throw translated(error)
    }
  }
  return {
    first: async <Row>(sql: string, ...values: unknown[]) => (await rowsOf<Row>(sql, values))[0],
    all: <Row>(sql: string, ...values: unknown[]) => rowsOf<Row>(sql, values),
    async write(statements) {
      try {
        return await untilNoConflict(() => written(pool, statements()))
      } catch (error) {
        throw translated(error)
      }
    },
  }
}

function written(pool: pg.Pool, writes: readonly Write[]): Promise<number> {
  const [only] = writes
  // One statement is a transaction by itself.
  if (writes.length === 1 && only && !('first' in only)) return changed(pool, only)
  return writes.length === 0 ? Promise.resolve(0) : together(pool, writes)
}

async function together(pool: pg.Pool, writes: readonly Write[]): Promise<number> {
  const client = await pool.connect()
  // Its error comes with the query that meets it.
  client.on('error', noted)
  try {
    await client.query('BEGIN')
    const all = await run(client, writes)
    await client.query('COMMIT')
    release(client)
    return all
  } catch (error) {
    // A connection that cannot roll back is given up, and its server rolls back.
    await client.query('ROLLBACK').then(
      () => release(client),
      (broken) => release(client, broken),
    )
    throw error
  }
}

function noted(): void {}

function release(client: pg.PoolClient, broken?: Error): void {
  client.off('error', noted)
  client.release(broken)
}

async function run(client: Asked, writes: readonly Write[]): Promise<number> {
  let all = 0
  for (const write of writes) {
    const changes = await changed(client, 'first' in write ? write.first : write)
    all += changes
    if (changes > 0 && 'first' in write) all += await run(client, write.next())
  }
  return all
}

async function changed(client: Asked, [sql, ...values]: Sql): Promise<number> {
  return (await client.query(postgresqlSql(sql), values)).rowCount ?? 0
}
