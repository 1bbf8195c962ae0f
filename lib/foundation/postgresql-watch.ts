import pg from 'pg'
import { cancel, queryOf } from './postgresql-cancel.ts'
import type { Patience } from './postgresql-patience.ts'

/**
 * Gives up the queries of a pool that a server which hangs will not answer: one that is there and slow, or waits for a lock, is
 * waited for, and its query is cancelled there in time. A connection that is given up is closed, and its query fails as when the
 * server had ended; what waits for a lock there by then is not done later, once the server goes on.
 */
export function watched(pool: pg.Pool, connectionString: string, patience: Patience): pg.Pool {
  const busy = new Map<pg.PoolClient, number>()
  let timer: NodeJS.Timeout | undefined
  let asking = false
  /** The queries that are under way, since when each was seen first. */
  let seen = new Map<object, number>()
  pool.on('acquire', (client) => {
    busy.set(client, performance.now())
    timer ??= setInterval(look, patience.between).unref()
  })
  pool.on('release', (_error, client) => {
    busy.delete(client)
    if (busy.size > 0) return
    clearInterval(timer)
    timer = undefined
  })
  function cancelLate(): void {
    const now = performance.now()
    const before = seen
    seen = new Map()
    for (const client of busy.keys()) {
      const query = queryOf(client)
      if (!query) continue
      const since = before.get(query) ?? now
      const isLate = now - since >= patience.cancel
      // Once: the answer to that is waited for.
      seen.set(query, isLate ? Number.POSITIVE_INFINITY : since)
      if (isLate) cancel(client, connectionString)
    }
  }
  async function look() {
    cancelLate()
    const since = performance.now() - patience.running
    if (asking || ![...busy.values()].some((at) => at < since)) return
    asking = true
    const isThere = await answers(connectionString, patience.there)
    asking = false
    if (!isThere) for (const client of busy.keys()) giveUp(client)
  }
  function giveUp(client: pg.PoolClient): void {
    // The server hears of it when it goes on.
    if (queryOf(client)) cancel(client, connectionString)
    streamOf(client)?.destroy()
  }
  return pool
}

async function answers(connectionString: string, within: number): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: within })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    // Whoever says that it takes no more connections is there.
    return (
      /^[0-9A-Z]{5}$/.test(String((error as { code?: unknown }).code)) &&
      !/^E/.test(String((error as { code?: unknown }).code))
    )
  } finally {
    client.end().catch(() => {})
  }
}

/** The socket of a connection, which the driver has and its types do not. */
function streamOf(client: pg.PoolClient): { destroy(): void } | undefined {
  return (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection?.stream
}
