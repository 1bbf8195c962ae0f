import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Operation } from '#lib/contract/operations.ts'
import type { Place } from '../../caller.ts'
import { direct } from '../../db/database.ts'
import { counted, countedOnPages } from '../shards/counted.ts'
import { ownShard } from '../shards/own-shard.ts'
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
    const range = `FROM ${counted} WHERE "tenantId" = ? AND "environment" = ? AND ${start}`
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
    if (!last) return [...found.flat(), ...(await countsOnPages({ tenantId, environment }, { from, to }))]
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

// Of a place, an hour has a row for each outcome: so many hours are few rows.
const hoursInATurn = 30 * 24

async function countsOnPages({ tenantId, environment }: Place, { from, to }: Hours): Promise<Counted[]> {
  const db = await direct()
  const sql = `
    SELECT "operation", "outcome", "hour", "requests" FROM ${countedOnPages}
    WHERE "tenantId" = ? AND "environment" = ? AND "hour" >= ? AND "hour" < ?`
  const found: Counted[][] = []
  for (let first = from; first < to; first += hoursInATurn) {
    await endOfTurn()
    found.push(await db.all<Counted>(sql, tenantId, environment, first, Math.min(first + hoursInATurn, to)))
  }
  return found.flat()
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
