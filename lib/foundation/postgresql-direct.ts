import type pg from 'pg'
import type { Direct } from './direct.ts'
import { newNames } from './postgresql-names.ts'
import { readsOf } from './postgresql-reads.ts'
import { statementOf } from './postgresql-statement.ts'
import { writesOf } from './postgresql-writes.ts'

/** The same as SQLite's, by connections of a pool. What is written together is one transaction. */
export function postgresqlDirect(pool: pg.Pool): Direct {
  const names = newNames()
  const read = readsOf(pool, names)
  const write = writesOf(pool, names)
  return {
    first: async <Row>(...sql: Parameters<Direct['first']>) =>
      (await read(statementOf(sql))).rows[0] as Row | undefined,
    all: async <Row>(...sql: Parameters<Direct['all']>) => (await read(statementOf(sql))).rows as Row[],
    write,
  }
}
