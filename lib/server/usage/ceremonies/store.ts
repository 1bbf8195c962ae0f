import type { Operation } from '#lib/contract/operations.ts'
import type { Place } from '../../caller.ts'
import { direct } from '../../db/database.ts'
import { ownShard } from '../shards/own-shard.ts'
import { type Hours, ofPlace, type Step } from '../sums/sources.ts'

export interface Counted {
  operation: Operation
  outcome: string
  /** Hours since the epoch; where days are told apart, one of the day. */
  hour: number
  requests: number
}

/** Requests of some operations of a place by outcome and hour or day, of all keys and on pages. */
export async function countsOf(
  place: Place,
  hours: Hours,
  step: Step,
  operations: readonly Operation[],
): Promise<Counted[]> {
  const db = await direct()
  const found: Counted[] = []
  for (const counts of ['keys', 'pages'] as const) {
    const { from, values } = ofPlace(place, hours, step, counts)
    const sql = `
      SELECT "operation", "outcome", ${step === 'day' ? '"hour" / 24 * 24' : '"hour"'} AS "hour", SUM("requests") AS "requests"
      FROM ${from} WHERE "operation" IN (${operations.map(() => '?').join(', ')}) GROUP BY 1, 2, 3`
    found.push(...(await db.all<Counted>(sql, ...values, ...operations)))
  }
  return found
}

/** Counts a request of the sign-in's own pages in an hour. */
export async function addOnPage(
  { tenantId, environment }: Place,
  { operation, outcome, hour }: Omit<Counted, 'requests'>,
) {
  const sql = `
    INSERT INTO "PageShard" ("tenantId", "environment", "hour", "operation", "outcome", "shard", "requests")
    VALUES (?, ?, ?, ?, ?, ?, 1)
    ON CONFLICT ("tenantId", "environment", "hour", "operation", "outcome", "shard")
      DO UPDATE SET "requests" = "PageShard"."requests" + 1`
  await (await direct()).write(() => [[sql, tenantId, environment, hour, operation, outcome, ownShard()]])
}

/** The hour of the first ceremony or request that was counted of a place, since the epoch. */
export async function firstHour({ tenantId, environment }: Place): Promise<number | undefined> {
  const db = await direct()
  const hours: number[] = []
  for (const table of ['UsageCount', 'UsageShard', 'PageCeremony', 'PageShard']) {
    const sql = `SELECT "hour" FROM "${table}" WHERE "tenantId" = ? AND "environment" = ? ORDER BY "hour" LIMIT 1`
    const found = await db.first<{ hour: number }>(sql, tenantId, environment)
    if (found) hours.push(found.hour)
  }
  return hours.length > 0 ? Math.min(...hours) : undefined
}
