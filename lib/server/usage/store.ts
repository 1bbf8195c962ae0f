import type { CountedOperation } from '#lib/contract/mpc-operations.ts'
import { goodOutcomes } from '#lib/contract/outcomes.ts'
import type { UsageGroup } from '#lib/contract/usage.ts'
import type { Place } from '../caller.ts'
import { inChunks } from '../db/chunks.ts'
import { database, dateOf, direct, Prisma, stampOf, type Transaction } from '../db/database.ts'
import { type Write, writeIn } from '../db/write-in.ts'
import { beginMonth, growMonth, type MonthCount } from './months/store.ts'
import { counted } from './shards/counted.ts'
import { greater } from './shards/greater.ts'
import { ownShard } from './shards/own-shard.ts'

export type { MonthCount, Transaction, Write }

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

const addCount = `
  INSERT INTO "UsageShard" ("tenantId", "environment", "keyId", "operation", "outcome", "hour", "shard", "requests", "peakPerMinute", "peakConcurrent")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT ("tenantId", "environment", "hour", "operation", "keyId", "outcome", "shard") DO UPDATE SET
    "requests" = "UsageShard"."requests" + excluded."requests",
    "peakPerMinute" = ${greater('UsageShard', 'peakPerMinute')},
    "peakConcurrent" = ${greater('UsageShard', 'peakConcurrent')}`

const noteSighting = `
  INSERT INTO "KeySighting" ("keyId", "address", "firstSeenAt", "lastSeenAt")
  VALUES (?, ?, ?, ?)
  ON CONFLICT ("keyId", "address") DO UPDATE SET "lastSeenAt" = ${greater('KeySighting', 'lastSeenAt')}`

/** Counts, those of the months of quotas too, and where keys were seen. */
export interface Additions {
  counts: Count[]
  seen: Seen[]
  months: MonthCount[]
}

/**
 * Adds counts to those that are kept, to the months of quotas too, and notes where keys were seen; one commit. What they
 * are is asked when they are written. Resolves with how many requests were counted, once on disk.
 */
export async function add(batch: () => Additions): Promise<number> {
  let requests = 0
  await (await direct()).write(() => {
    const additions = batch()
    requests = additions.counts.reduce((all, count) => all + count.requests, 0)
    return writesToAdd(additions)
  })
  return requests
}

/** Statements that do so, for whoever writes more in the same commit. */
export function writesToAdd({ counts, seen, months }: Additions): Write[] {
  return [
    ...addMonths(months, counts),
    ...seen.map(({ keyId, address, at }): Write => [noteSighting, keyId, address, stampOf(at), stampOf(at)]),
  ]
}

/** Adds counts to those that are kept, and to the months of quotas, in a transaction. */
export async function addIn(tx: Transaction, counts: Count[], months: MonthCount[]): Promise<void> {
  await writeIn(tx, addMonths(months, counts))
}

/** Statements that add counts, with those around them that keep the months: each threshold is told once in a month. */
function addMonths(months: MonthCount[], counts: Count[]): Write[] {
  return [...months.map(beginMonth), ...counts.map(writeOf), ...months.flatMap(growMonth)]
}

function writeOf(count: Count): Write {
  return [
    addCount,
    ...[count.tenantId, count.environment, count.keyId, count.operation, count.outcome],
    ...[count.hour, ownShard(), count.requests, count.peakPerMinute, count.peakConcurrent],
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
  // Both by name: so the index leads to the hours.
  const sql = `
    SELECT COALESCE(SUM("requests"), 0) AS "requests" FROM ${counted}
    WHERE "tenantId" = ? AND "environment" IN ('test', 'live') AND "hour" >= ? AND "keyId" <> ?`
  const sum = await (await direct()).first<{ requests: number }>(sql, tenantId, hour, except)
  return sum?.requests ?? 0
}

const source = Prisma.raw(counted)

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
    FROM ${source}
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${from} AND "hour" < ${to}
    GROUP BY 1 ORDER BY 1`
}

/** Requests of each key of a place in each day from one on; days since the epoch (UTC). */
export async function requestsByDay({ tenantId, environment }: Place, day: number) {
  return (await database()).$queryRaw<{ keyId: string; day: bigint; requests: bigint }[]>`
    SELECT "keyId", ${columns.day} AS "day", SUM("requests") AS "requests" FROM ${source}
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${day * 24}
    GROUP BY 1, 2`
}

/** The operations that each key of a place reached from an hour on, whatever came of it. */
export async function operationsSince({ tenantId, environment }: Place, hour: number) {
  return (await database()).$queryRaw<{ keyId: string; operation: string }[]>`
    SELECT DISTINCT "keyId", "operation" FROM ${source}
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${hour}`
}

/** Requests of a place by operation and outcome in each hour or day; both counted from the epoch (UTC). */
export async function requestsByStep({ tenantId, environment }: Place, { from, to }: Hours, step: 'hour' | 'day') {
  return (await database()).$queryRaw<{ operation: string; outcome: string; step: bigint; requests: bigint }[]>`
    SELECT "operation", "outcome", ${columns[step]} AS "step", SUM("requests") AS "requests" FROM ${source}
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${from} AND "hour" < ${to}
    GROUP BY 1, 2, 3`
}

/** Requests, errors and peaks of each key of a place. */
export async function peaks({ tenantId, environment }: Place, { from, to }: Hours) {
  return (await database()).$queryRaw<(Record<Peak, bigint> & { keyId: string })[]>`
    SELECT "keyId", SUM("requests") AS "requests",
           SUM(CASE WHEN "outcome" IN (${good}) THEN 0 ELSE "requests" END) AS "errors",
           MAX("peakPerMinute") AS "peakPerMinute", MAX("peakConcurrent") AS "peakConcurrent"
    FROM ${source}
    WHERE "tenantId" = ${tenantId} AND "environment" = ${environment} AND "hour" >= ${from} AND "hour" < ${to}
    GROUP BY 1`
}

type Peak = 'requests' | 'errors' | 'peakPerMinute' | 'peakConcurrent'
