import pg from 'pg'
import { watched } from './postgresql-watch.ts'

// Milliseconds. Who waits for a connection is answered within two seconds, for a query within ten.
const patience = { connectionTimeoutMillis: 1_500, query_timeout: 10_000 }

/**
 * Connections to a PostgreSQL server, made when they are needed. TLS is as the address says (`sslmode`). None of them keeps
 * anything between two transactions, so that a pooler may stand between.
 */
export function newPool(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 10, keepAlive: true, ...patience })
  // One that breaks while nobody uses it is replaced when the next is needed.
  pool.on('error', () => {})
  return watched(pool, url)
}
