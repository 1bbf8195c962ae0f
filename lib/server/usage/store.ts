import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { CountedOperation } from '#lib/contract/mpc-operations.ts'
import { goodOutcomes } from '#lib/contract/outcomes.ts'
import type { UsageGroup } from '#lib/contract/usage.ts'
import type { Place } from '../caller.ts'
import { inChunks } from '../db/chunks.ts'
import { database, dateOf, direct, stampOf, type Transaction } from '../db/database.ts'
import { type Write, writeIn } from '../db/write-in.ts'
import { beginMonth, growMonth, type MonthCount, requestsIn } from './months/store.ts'
import { greater } from './shards/greater.ts'
import { ownShard } from './shards/own-shard.ts'
import { type Hours, ofKeys, ofPlace, type Step } from './sums/sources.ts'

export type { Hours, MonthCount, Transaction, Write }

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
    // Each looked up by itself: a page of keys at once, PostgreSQL looks for among all of everybody's.
    db.all<{ keyId: string; at: string | null }>(
      `SELECT "column1" AS "keyId",
         (SELECT max("lastSeenAt") FROM "KeySighting" WHERE "KeySighting"."keyId" = "Asked"."column1") AS "at"
       FROM (VALUES ${some.map(() => '(?)').join(', ')}) AS "Asked"`,
      ...some,
    ),
  )
  return new Map(rows.flatMap(({ keyId, at }) => (at === null ? [] : [[keyId, dateOf(at)]])))
}

/** Where a key was seen since a moment, the latest first. */
export async function addressesSince(keyId: string, since: Date, take: number) {
  return (await database()).keySighting.findMany({
    where: { keyId, lastSeenAt: { gte: since } },
    orderBy: [{ lastSeenAt: 'desc' }, { address: 'asc' }],
    take,
  })
}

/** Requests of a tenant in a range of hours, both environments together; of all keys and clients but one. */
export async function requestsOf(tenantId: string, hours: Hours, except: string): Promise<number> {
  const [sql, ...values] = requestsIn(tenantId, hours, except)
  const sum = await (await direct()).first<{ requests: number }>(`SELECT ${sql} AS "requests"`, ...values)
  return sum?.requests ?? 0
}

const columns: Record<UsageGroup, string> = {
  day: '"hour" / 24',
  hour: '"hour"',
  key: '"keyId"',
  operation: '"operation"',
}

const listOf = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(', ')
const errors = `SUM(CASE WHEN "outcome" IN (${listOf(goodOutcomes)}) THEN 0 ELSE "requests" END) AS "errors"`

export type Sum = Record<string, number> & { requests: number; errors: number }

/**
 * Sums over one tenant's environment, by group, in the group's order; one more column for each meter, named by it, which
 * sums the good answers of its operations.
 */
export async function sum(
  place: Place,
  hours: Hours,
  by: UsageGroup,
  meters: Record<string, readonly CountedOperation[]>,
): Promise<(Sum & { group: string | number })[]> {
  const metered = Object.entries(meters).map(
    ([meter, operations]) =>
      `SUM(CASE WHEN "outcome" = 'ok' AND "operation" IN (${listOf(operations)}) THEN "requests" ELSE 0 END) AS "${meter}"`,
  )
  const columnsOf = `${columns[by]} AS "group", SUM("requests") AS "requests", ${errors}, ${metered.join(', ')}`
  const db = await direct()
  if (by !== 'key') {
    const { from, values } = ofPlace(place, hours, by === 'hour' ? 'hour' : 'day')
    return db.all(`SELECT ${columnsOf} FROM ${from} GROUP BY 1 ORDER BY 1`, ...values)
  }
  const all = new Map<string, Sum & { group: string }>()
  await inParts(hours, async (part) => {
    const { from, values } = ofKeys(place, part)
    const sql = `SELECT ${columnsOf}, count(*) AS "rows" FROM ${from} GROUP BY 1`
    let passed = 0
    for (const { rows, ...row } of await db.all<Sum & { group: string; rows: number }>(sql, ...values)) {
      passed += rows
      const known = all.get(row.group)
      if (!known) all.set(row.group, row)
      else
        for (const column of ['requests', 'errors', ...Object.keys(meters)])
          known[column] = (known[column] ?? 0) + (row[column] ?? 0)
    }
    return passed
  })
  return [...all.values()].sort((one, other) => (one.group < other.group ? -1 : 1))
}

/** Requests of some keys of a place by operation and day since the epoch (UTC). */
export async function requestsByDay(place: Place, hours: Hours, keyIds: readonly string[]) {
  const db = await direct()
  return inChunks(keyIds, (some) => {
    const { from, values } = ofKeys(place, hours, some)
    return db.all<{ keyId: string; operation: string; day: number; requests: number }>(
      `SELECT "keyId", "operation", ${columns.day} AS "day", SUM("requests") AS "requests" FROM ${from} GROUP BY 1, 2, 3`,
      ...values,
    )
  })
}

/** Requests of a place by operation and outcome in each hour or day; both counted from the epoch (UTC). */
export async function requestsByStep(place: Place, hours: Hours, step: Step) {
  const { from, values } = ofPlace(place, hours, step)
  return (await direct()).all<{ operation: string; outcome: string; step: number; requests: number }>(
    `SELECT "operation", "outcome", ${columns[step]} AS "step", SUM("requests") AS "requests" FROM ${from} GROUP BY 1, 2, 3`,
    ...values,
  )
}

export interface KeyFigures {
  keyId: string
  requests: number
  errors: number
  peakPerMinute: number
  peakConcurrent: number
}

/**
 * Requests, errors and peaks of each key of a place, and how many rows were gone through for them; some days at a time, between
 * which others have their turn.
 */
export async function figuresOfKeys(place: Place, hours: Hours): Promise<{ keys: KeyFigures[]; passed: number }> {
  const db = await direct()
  const all = new Map<string, KeyFigures>()
  const passed = await inParts(hours, async (part) => {
    const source = ofKeys(place, part)
    const sql = `
      SELECT "keyId", SUM("requests") AS "requests", ${errors}, MAX("peakPerMinute") AS "peakPerMinute",
        MAX("peakConcurrent") AS "peakConcurrent", count(*) AS "rows" FROM ${source.from} GROUP BY 1`
    let passed = 0
    for (const { rows, ...row } of await db.all<KeyFigures & { rows: number }>(sql, ...source.values)) {
      passed += rows
      const known = all.get(row.keyId)
      if (!known) all.set(row.keyId, row)
      else {
        known.requests += row.requests
        known.errors += row.errors
        known.peakPerMinute = Math.max(known.peakPerMinute, row.peakPerMinute)
        known.peakConcurrent = Math.max(known.peakConcurrent, row.peakConcurrent)
      }
    }
    return passed
  })
  return { keys: [...all.values()], passed }
}

// A part is a day at first, and of a day that a range has no more than a part of, so many hours; twice as much as the one before
// where that had few rows.
const [fewHours, fewRows] = [6, 1_000]

/** Goes through a range in parts, between which others have their turn: through how many rows. */
async function inParts({ from, to }: Hours, read: (part: Hours) => Promise<number>): Promise<number> {
  let [passed, many] = [0, 1]
  for (let first = from; first < to; await endOfTurn()) {
    const whole = first % 24 === 0 && first + 24 <= to
    const end = whole
      ? Math.min(first + many * 24, Math.floor(to / 24) * 24)
      : Math.min(first + many * fewHours, (Math.floor(first / 24) + 1) * 24, to)
    const rows = await read({ from: first, to: end })
    if (rows < fewRows) many *= 2
    passed += rows
    first = end
  }
  return passed
}
