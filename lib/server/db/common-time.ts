import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { database, type Transaction } from './database.ts'

/**
 * The time now, in epoch milliseconds, by the clock that all processes of an installation have in common: for what one of them
 * says when it is over, and another one sees that it is. PostgreSQL's; those that have one SQLite are on one machine, whose clock
 * it is. Where a test turns this process's clock, this one turns with it.
 */
export async function commonTime(tx?: Transaction): Promise<number> {
  if (env().database.engine === 'sqlite') return clock.now()
  const turned = clock.now() - Date.now()
  const [row] = await (tx ?? (await database())).$queryRawUnsafe<{ now: number }[]>(
    'SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS DOUBLE PRECISION) AS "now"',
  )
  return (row?.now ?? Date.now()) + turned
}
