import type pg from 'pg'

/**
 * Lends one of a pool's connections. One that breaks, or that fails in a way which its server did not tell, is given up.
 */
export async function onConnection<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  // Its error comes with the query that meets it.
  client.on('error', noted)
  try {
    const result = await work(client)
    release(client)
    return result
  } catch (error) {
    release(client, isTold(error) ? undefined : (error as Error))
    throw error
  }
}

/** Whether a server said so itself, and by then had undone what it was asked with. */
export function isTold(error: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test(codeOf(error)) && !/^E[A-Z]{4}$|^(?:08|57P)|^40003$/.test(codeOf(error))
}

/**
 * Whether a connection did not have a statement by its name, or has it as a table was before a migration. A pooler that
 * knows nothing of them stands between, where one is missing or is there already.
 *
 * @see https://www.pgbouncer.org/features.html
 */
export function isOfNames(error: unknown): 'pooled' | 'outdated' | undefined {
  const code = codeOf(error)
  if (code === '26000' || code === '42P05') return 'pooled'
  return code === '0A000' ? 'outdated' : undefined
}

export function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code)
}

function noted(): void {}

function release(client: pg.PoolClient, broken?: Error): void {
  client.off('error', noted)
  client.release(broken)
}
