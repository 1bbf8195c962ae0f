import type { CountedOperation } from '#lib/contract/mpc-operations.ts'
import { goodOutcomes } from '#lib/contract/outcomes.ts'
import type { UsageGroup } from '#lib/contract/usage.ts'
import type { Place } from '../caller.ts'
import { inChunks } from '../db/chunks.ts'
import { database, dateOf, direct, Prisma, stampOf, type Transaction } from '../db/database.ts'
import { type Write, writeIn } from '../db/write-in.ts'

export type { Transaction }

export interface Count {
  tenantId: string
  environment: string
  keyId: string
  operation: string
  outcome: string
  /** Hours since the epoch. */
  hour: number
  requests: number
  peakPerMinute: number
  peakConcurrent: number
}

export interface Seen {
  keyId: string
  /** Empty: not known. */
  address: string
  at: Date
}

/** The greater one of what is kept and what comes. */
function greater(table: string, column: string): string {
  return `CASE WHEN excluded."${column}" > "${table}"."${column}" THEN excluded."${column}" ELSE "${table}"."${column}" END`
}

const addCount = `
  INSERT INTO "UsageCount" ("tenantId", "environment", "keyId", "operation", "outcome", "hour", "requests", "peakPerMinute", "peakConcurrent")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT ("tenantId", "environment", "hour", "operation", "keyId", "outcome") DO UPDATE SET
    "requests" = "UsageCount"."requests" + excluded."requests",
    "peakPerMinute" = ${greater('UsageCount', 'peakPerMinute')},
    "peakConcurrent" = ${greater('UsageCount', 'peakConcurrent')}`

const noteSighting = `
  INSERT INTO "KeySighting" ("keyId", "address", "firstSeenAt", "lastSeenAt")
  VALUES (?, ?, ?, ?)
  ON CONFLICT ("keyId", "address") DO UPDATE SET "lastSeenAt" = ${greater('KeySighting', 'lastSeenAt')}`

/**
 * Adds counts to those that are kept, to the months of quotas too, and notes where keys were seen; one commit. What they
 * are is asked when they are written. Resolves with how many requests were counted, once on disk.
 */
export async function add(batch: () => { counts: Count[]; seen: Seen[]; months: MonthCount[] }): Promise<number> {
  let requests = 0
  await (await direct()).write(() => {
    const { counts, seen, months } = batch()
    requests = counts.reduce((all, count) => all + count.requests, 0)
    return [
      ...addMonths(months, counts),
      ...seen.map(({ keyId, address, at }): Write => [noteSighting, keyId, address, stampOf(at), stampOf(at)]),
    ]
  })
  return requests
}

/** Adds counts to those that are kept, and to the months of quotas, in a transaction. */
export async function addIn(tx: Transaction, counts: Count[], months: MonthCount[]): Promise<void> {
  await writeIn(tx, addMonths(months, counts))
}

/** Requests to add to a tenant's month, and what is told where they reach a threshold of its quota. */
export interface MonthCount {
  tenantId: string
  /** Months since the year 0, and its first hour since the epoch. */
  month: number
  firstHour: number
  requests: number
  quota: number
  /** What is not counted there. */
  exceptKeyId: string
  /** In per cent, the lower one first. */
  thresholds: { percent: number; told: () => Write[] }[]
}

// A month begins with what was counted before anybody asked; the sum is made only then.
const beginMonth = `
  INSERT INTO "UsageMonth" ("tenantId", "month", "requests")
  SELECT CAST(? AS TEXT), CAST(? AS INTEGER), (
    SELECT COALESCE(SUM("requests"), 0) FROM "UsageCount"
    WHERE "tenantId" = ? AND "environment" IN ('test', 'live') AND "hour" >= ? AND "keyId" <> ?)
  WHERE NOT EXISTS (SELECT 1 FROM "UsageMonth" WHERE "tenantId" = ? AND "month" = ?)
  ON CONFLICT DO NOTHING`
const addToMonth = `UPDATE "UsageMonth" SET "requests" = "requests" + ? WHERE "tenantId" = ? AND "month" = ?`
// In whole numbers: a share such as 0.8 is none exactly. Of the quota that there is: a request may have begun under another.
const reach = `
  UPDATE "UsageMonth" SET "told" = ?
  WHERE "tenantId" = ? AND "month" = ? AND "told" < ? AND "requests" * 100 >= CAST(? AS BIGINT) * ?
    AND EXISTS (SELECT 1 FROM "Tenant" WHERE "id" = ? AND "monthlyQuota" = ?)`

/** Statements that add counts, with those around them that keep the months: each threshold is told once in a month. */
function addMonths(months: MonthCount[], counts: Count[]): Write[] {
  const begun = months.map(({ tenantId, month, firstHour, exceptKeyId }): Write => {
    return [beginMonth, tenantId, month, tenantId, firstHour, exceptKeyId, tenantId, month]
  })
  const added = months.flatMap(({ tenantId, month, requests, quota, thresholds }): Write[] => [
    [addToMonth, requests, tenantId, month],
    ...thresholds.map(({ percent, told }) => ({
      first: [reach, percent, tenantId, month, percent, quota, percent, tenantId, quota] as const,
      next: told,
    })),
  ])
  return [...begun, ...counts.map(writeOf), ...added]
}

/** Forgets a tenant's months: the next request that a quota counts begins its month again, with nothing told. */
export async function forgetMonths(tx: Transaction, tenantId: string): Promise<void> {
  await tx.usageMonth.deleteMany({ where: { tenantId } })
}

function writeOf(count: Count): Write {
  return [
    addCount,
    ...[count.tenantId, count.environment, count.keyId, count.operation, count.outcome],
    ...[count.hour, count.requests, count.peakPerMinute, count.peakConcurrent],
  ]
}

/** Forgets where keys were seen last before a moment, but for each key's latest. */
export async function forgetSightings(before: Date): Promise<void> {
  await (await database()).$executeRaw`
    DELETE FROM "KeySighting" WHERE "lastSeenAt" < ${stampOf(before)} AND "lastSeenAt" <
      (SELECT max(other."lastSeenAt") FROM "KeySighting" other WHERE other."keyId" = "KeySighting"."keyId")`
}

/** When keys were last seen. */
export async function lastSeen(keyIds: string[]): Promise<Map<string, Date>> {
  const db = await direct()
  const rows = await inChunks(keyIds, (some) =>
    db.all<{ keyId: string; at: string }>(
      `SELECT "keyId", max("lastSeenAt") AS "at" FROM "KeySighting"
       WHERE "keyId" IN (${some.map(() => '?').join(', ')}) GROUP BY "keyId"`,
      ...some,
    ),
  )
  return new Map(rows.map(({ keyId, at }) => [keyId, dateOf(at)]))
}

/** Where a key was seen since a moment, the latest first. */
export async function addressesSince(keyId: string, since: Date, take: number) {
  return (await database()).keySighting.findMany({
    where: { keyId, lastSeenAt: { gte: since } },
    orderBy: { lastSeenAt: 'desc' },
    take,
  })
}

/** Requests of a tenant, both environments together, from an hour on; of all keys and clients but one. */
export async function requestsSince(tenantId: string, hour: number, except: string): Promise<number> {
  const { _sum } = await (await database()).usageCount.aggregate({
    // Both by name: so the index leads to the hours.
    where: { tenantId, environment: { in: ['test', 'live'] }, hour: { gte: hour }, keyId: { not: except } },
    _sum: { requests: true },
  })
  return _sum.requests ?? 0
}

const columns: Record<UsageGroup, Prisma.Sql> = {
  day: Prisma.sql`"hour" / 24`,
  hour: Prisma.sql`"hour"`,
  key: Prisma.sql`"keyId"`,
  operation: Prisma.sql`"operation"`,
}

const good = Prisma.join([...goodOutcomes])

/** Hours since the epoch: `from` up to but without `to`. */
export interface Hours {
  from: number
  to: number
}

export type Sum = Record<string, bigint> & { group: string | bigint; requests: bigint; errors: bigint }

/**
 * Sums over one tenant's environment, by group, in the group's order; one more column for each meter, named by it, which
 * sums the good answers of its operations.
 */
export async function sum(
  { tenantId, environment }: Place,
  { from, to }: Hours,
  by: UsageGroup,
  meters: Record<string, readonly CountedOperation[]>,
): Promise<Sum[]> {
  const metered = Object.entries(meters).map(
    ([meter, operations]) => Prisma.sql`
      SUM(CASE WHEN "outcome" = 'ok' AND "operation" IN (${Prisma.join([...operations])}) THEN "requests" ELSE 0 END)
      AS ${Prisma.raw(`"${meter}"`)}`,
  )
  return (await database()).$queryRaw<Sum[]>`
    SELECT ${columns[by]} AS "group", SUM("requests") AS "requests",
           SUM(CASE WHEN "outcome" IN (${good}) THEN 0 ELSE "requests" END) AS "errors", ${Prisma.join(metered)}
    FROM "UsageCount"
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${from} AND "hour" < ${to}
    GROUP BY 1 ORDER BY 1`
}

/** Requests of each key of a place in each day from one on; days since the epoch (UTC). */
export async function requestsByDay({ tenantId, environment }: Place, day: number) {
  return (await database()).$queryRaw<{ keyId: string; day: bigint; requests: bigint }[]>`
    SELECT "keyId", ${columns.day} AS "day", SUM("requests") AS "requests" FROM "UsageCount"
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${day * 24}
    GROUP BY 1, 2`
}

/** The operations that each key of a place reached from an hour on, whatever came of it. */
export async function operationsSince({ tenantId, environment }: Place, hour: number) {
  return (await database()).$queryRaw<{ keyId: string; operation: string }[]>`
    SELECT DISTINCT "keyId", "operation" FROM "UsageCount"
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${hour}`
}

/** Requests of a place by operation and outcome in each hour or day; both counted from the epoch (UTC). */
export async function requestsByStep({ tenantId, environment }: Place, { from, to }: Hours, step: 'hour' | 'day') {
  return (await database()).$queryRaw<{ operation: string; outcome: string; step: bigint; requests: bigint }[]>`
    SELECT "operation", "outcome", ${columns[step]} AS "step", SUM("requests") AS "requests" FROM "UsageCount"
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${from} AND "hour" < ${to}
    GROUP BY 1, 2, 3`
}

/** Requests, errors and peaks of each key of a place. */
export async function peaks({ tenantId, environment }: Place, { from, to }: Hours) {
  return (await database()).$queryRaw<(Record<Peak, bigint> & { keyId: string })[]>`
    SELECT "keyId", SUM("requests") AS "requests",
           SUM(CASE WHEN "outcome" IN (${good}) THEN 0 ELSE "requests" END) AS "errors",
           MAX("peakPerMinute") AS "peakPerMinute", MAX("peakConcurrent") AS "peakConcurrent"
    FROM "UsageCount"
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${from} AND "hour" < ${to}
    GROUP BY 1`
}

type Peak = 'requests' | 'errors' | 'peakPerMinute' | 'peakConcurrent'
