import pg from 'pg'
import { patienceOf } from './postgresql-patience.ts'
import { watched } from './postgresql-watch.ts'

/**
 * Connections to a PostgreSQL server, made when they are needed. TLS is as the address says (`sslmode`). None of them keeps
 * anything between two transactions, so that a pooler may stand between.
 */
export function newPool(url: string): pg.Pool {
  const patience = patienceOf(url)
  const waits = { connectionTimeoutMillis: patience.connect, query_timeout: patience.query }
  const pool = new pg.Pool({ connectionString: url, max: 10, keepAlive: true, ...waits })
  // One that breaks while nobody uses it is replaced when the next is needed.
  pool.on('error', () => {})
  return watched(pool, url, patience)
}
