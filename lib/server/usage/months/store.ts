import type { Transaction } from '../../db/database.ts'
import { type Write, writeIn } from '../../db/write-in.ts'
import { ownShard } from '../shards/own-shard.ts'
import { type Hours, ofKeys, ofPlace, type Source } from '../sums/sources.ts'

export type { Transaction }

/** Requests to add to a tenant's month, and what is told where they reach a threshold of its quota. */
export interface MonthCount {
  tenantId: string
  /** Months since the year 0, and its hours. */
  month: number
  hours: Hours
  /** The hour that they are added in, since the epoch. */
  hour: number
  requests: number
  quota: number
  /** What is not counted there. */
  exceptKeyId: string
  /** In per cent, the lower one first. */
  thresholds: { percent: number; told: () => Write[] }[]
}

const begin = `
  INSERT INTO "UsageMonth" ("tenantId", "month", "requests") VALUES (?, ?, 0) ON CONFLICT ("tenantId", "month") DO NOTHING`
const grow = `
  INSERT INTO "UsageMonthShard" ("tenantId", "month", "hour", "shard", "requests")
  VALUES (?, ?, ?, ?, ?)
  ON CONFLICT ("tenantId", "month", "hour", "shard")
    DO UPDATE SET "requests" = "UsageMonthShard"."requests" + excluded."requests"`
// In whole numbers: a share such as 0.8 is none exactly. Of the quota that there is: a request may have begun under another.
const reach = `
  UPDATE "UsageMonth" SET "told" = ?
  WHERE "tenantId" = ? AND "month" = ? AND "told" < ? AND CAST(? AS BIGINT) * ? <= 100 * ("requests" + (
      SELECT COALESCE(SUM("requests"), 0) FROM "UsageMonthShard"
      WHERE "tenantId" = ? AND "month" = ?))
    AND EXISTS (SELECT 1 FROM "Tenant" WHERE "id" = ? AND "monthlyQuota" = ?)`
const clear = 'DELETE FROM "UsageMonthShard" WHERE "tenantId" = ? AND "month" = ?'
const takeShards = 'DELETE FROM "UsageMonthShard" WHERE "hour" < ? RETURNING "tenantId", "month", "requests"'
const addUp = 'UPDATE "UsageMonth" SET "requests" = "requests" + ? WHERE "tenantId" = ? AND "month" = ?'

/** A statement after which a month is there; to be run before what is counted with it. */
export function beginMonth({ tenantId, month, hours, exceptKeyId }: MonthCount): Write {
  return {
    first: [begin, tenantId, month],
    // It begins with what was counted before anybody asked; the sum is made only then. What a process added to a month that was
    // forgotten in that moment is in the sum.
    next: () => {
      const [requests, ...values] = requestsIn(tenantId, hours, exceptKeyId)
      const sql = `UPDATE "UsageMonth" SET "requests" = ${requests} WHERE "tenantId" = ? AND "month" = ?`
      return [
        [sql, ...values, tenantId, month],
        [clear, tenantId, month],
      ]
    },
  }
}

/** An expression, with its values: requests of a tenant in a range, both environments together, of all keys but one. */
export function requestsIn(tenantId: string, hours: Hours, exceptKeyId: string): [sql: string, ...(string | number)[]] {
  const places = (['test', 'live'] as const).map((environment) => ({ tenantId, environment }))
  const [all, theirs] = [
    places.map((place) => ofPlace(place, hours, 'day')),
    places.map((place) => ofKeys(place, hours, [exceptKeyId])),
  ]
  const sum = ({ from }: Source) => `(SELECT COALESCE(SUM("requests"), 0) FROM ${from})`
  const sql = `(${all.map(sum).join(' + ')} - ${theirs.map(sum).join(' - ')})`
  return [sql, ...[...all, ...theirs].flatMap(({ values }) => values)]
}

/** Statements that add requests to a month that is there, and tell what they reach. */
export function growMonth(count: MonthCount): Write[] {
  const { tenantId, month, hour, requests } = count
  return [[grow, tenantId, month, hour, ownShard(), requests], ...tellReached(count)]
}

function tellReached({ tenantId, month, quota, thresholds }: MonthCount): Write[] {
  return thresholds.map(({ percent, told }) => ({
    first: [reach, percent, tenantId, month, percent, quota, percent, tenantId, month, tenantId, quota] as const,
    next: told,
  }))
}

interface Grown {
  tenantId: string
  month: number | bigint
  requests: number | bigint
}

/** A tenant's month, with no requests: one that has ended since, too. */
export type MonthOf = (tenantId: string, quota: number, month: number) => MonthCount

/**
 * Adds up what months grew by before an hour, and tells what was reached: two processes that each came just below a threshold
 * did not see it.
 */
export async function foldMonths(tx: Transaction, hour: number, monthOf: MonthOf): Promise<void> {
  const rows = await tx.$queryRawUnsafe<Grown[]>(takeShards, hour)
  for (const { tenantId, month, requests } of rows.sort((one, other) => (one.tenantId < other.tenantId ? -1 : 1))) {
    await writeIn(tx, [[addUp, Number(requests), tenantId, Number(month)]])
  }
  const where = { id: { in: [...new Set(rows.map(({ tenantId }) => tenantId))] } }
  for (const { id, monthlyQuota } of await tx.tenant.findMany({ where, select: { id: true, monthlyQuota: true } })) {
    if (monthlyQuota === null) continue
    const months = new Set(rows.filter(({ tenantId }) => tenantId === id).map(({ month }) => Number(month)))
    for (const month of months) await writeIn(tx, tellReached(monthOf(id, monthlyQuota, month)))
  }
}

/** Forgets a tenant's months: the next request that a quota counts begins its month again, with nothing told. */
export async function forgetMonths(tx: Transaction, tenantId: string): Promise<void> {
  await tx.usageMonth.deleteMany({ where: { tenantId } })
  await tx.usageMonthShard.deleteMany({ where: { tenantId } })
}
