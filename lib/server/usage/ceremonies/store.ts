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

// So many counts are gone through in a turn.
const inATurn = 1_500

/**
 * Requests of some operations of a place by outcome and hour, all keys together. So many rows at a time, that what else
 * waits comes between: of a tenant with many keys an hour holds thousands.
 */
export async function countsOf(
  { tenantId, environment }: Place,
  { from, to }: Hours,
  operations: readonly Operation[],
): Promise<Counted[]> {
  const db = await direct()
  const found: Counted[][] = []
  for (let behind: Row | undefined; ; await endOfTurn()) {
    const [start, ...values] = behind
      ? ([`${row} > (?, ?, ?, ?)`, ...cells(behind)] as const)
      : (['"hour" >= ?', from] as const)
    const range = `FROM "UsageCount" WHERE "tenantId" = ? AND "environment" = ? AND ${start}`
    const last: Row | undefined = await db.first<Row>(
      `SELECT "hour", "operation", "keyId", "outcome" ${range} AND "hour" < ?
       ORDER BY "hour", "operation", "keyId", "outcome" LIMIT 1 OFFSET ${inATurn - 1}`,
      ...[tenantId, environment, ...values, to],
    )
    const sums = `
      SELECT "operation", "outcome", "hour", SUM("requests") AS "requests" ${range} AND ${last ? `${row} <= (?, ?, ?, ?)` : '"hour" < ?'}
        AND "operation" IN (${operations.map(() => '?').join(', ')})
      GROUP BY 1, 2, 3`
    const until = last ? cells(last) : [to]
    found.push(await db.all<Counted>(sums, tenantId, environment, ...values, ...until, ...operations))
    if (!last) return found.flat()
    behind = last
  }
}

interface Row {
  hour: number
  operation: string
  keyId: string
  outcome: string
}

const row = '("hour", "operation", "keyId", "outcome")'

function cells({ hour, operation, keyId, outcome }: Row) {
  return [hour, operation, keyId, outcome]
}

/** The hour of the first request that was counted of a place, since the epoch. */
export async function firstHour({ tenantId, environment }: Place): Promise<number | undefined> {
  const sql = `
    SELECT "hour" FROM "UsageCount" WHERE "tenantId" = ? AND "environment" = ? ORDER BY "hour" LIMIT 1`
  return (await (await direct()).first<{ hour: number }>(sql, tenantId, environment))?.hour
}
