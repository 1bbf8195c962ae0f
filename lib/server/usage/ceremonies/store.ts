import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Operation } from '#lib/contract/operations.ts'
import type { Place } from '../../caller.ts'
import { direct } from '../../db/database.ts'
import type { Hours } from '../store.ts'

export interface Counted {
  operation: Operation
  outcome: string
  /** Hours since the epoch. */
  hour: number
  requests: number
}

const dayHours = 24

/**
 * Requests of some operations of a place by outcome and hour, all keys together. Asked for a day at a time, so that what
 * else waits comes between: of a tenant with many keys a day holds thousands of rows.
 */
export async function countsOf(
  { tenantId, environment }: Place,
  { from, to }: Hours,
  operations: readonly Operation[],
): Promise<Counted[]> {
  const db = await direct()
  const sql = `
    SELECT "operation", "outcome", "hour", SUM("requests") AS "requests" FROM "UsageCount"
    WHERE "tenantId" = ? AND "environment" = ? AND "hour" >= ? AND "hour" < ?
      AND "operation" IN (${operations.map(() => '?').join(', ')})
    GROUP BY 1, 2, 3`
  const found: Counted[][] = []
  for (let first = from; first < to; first += dayHours) {
    if (first > from) await endOfTurn()
    const last = Math.min(first + dayHours, to)
    found.push(await db.all<Counted>(sql, tenantId, environment, first, last, ...operations))
  }
  return found.flat()
}

/** The hour of the first request that was counted of a place, since the epoch. */
export async function firstHour({ tenantId, environment }: Place): Promise<number | undefined> {
  const sql = `
    SELECT "hour" FROM "UsageCount" WHERE "tenantId" = ? AND "environment" = ? ORDER BY "hour" LIMIT 1`
  return (await (await direct()).first<{ hour: number }>(sql, tenantId, environment))?.hour
}
