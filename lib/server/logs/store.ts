import type { Environment } from '#lib/contract/environment.ts'
import type { Place } from '../caller.ts'
import { direct } from '../db/database.ts'
import { behindAll, newSortedId } from '../ids.ts'

// Requests stand in lots, those of a place that were written together: a row for each would cost several times as much.

/** Requests of one place, as they are written. */
export interface NewLot extends Place {
  /** When the first of them began, and when the last had ended, in epoch milliseconds. */
  began: number
  at: number
  requests: number
  refused: number
  rows: string
  /** Why they were, where it is known beside the rows. */
  reasons: string | null
}

const addLot = `
  INSERT INTO "LogLot" ("id", "tenantId", "environment", "at", "began", "requests", "refused", "rows", "reasons")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
const addToSize = `
  INSERT INTO "LogSize" ("tenantId", "environment", "requests") VALUES (?, ?, ?)
  ON CONFLICT ("tenantId", "environment") DO UPDATE SET "requests" = "LogSize"."requests" + excluded."requests"`

/** Writes lots, all or none. What they are is asked when they are written. */
export async function add(lots: () => NewLot[]): Promise<void> {
  await (await direct()).write(() =>
    lots().flatMap(({ tenantId, environment, at, began, requests, refused, rows, reasons }) => [
      [addLot, newSortedId(), tenantId, environment, at, began, requests, refused, rows, reasons] as const,
      [addToSize, tenantId, environment, requests] as const,
    ]),
  )
}

/** Where a lot stands among those of its place. */
export interface LotKey {
  at: number
  id: string
}

export interface Lot extends LotKey {
  requests: number
  refused: number
  /** Null where it holds none of the texts that were asked for. */
  rows: string | null
}

/** Which lots. */
export interface LotFilter {
  /** Of requests from a moment on, up to but without another, in epoch milliseconds. */
  from: number
  to: number
  /** Only with refusals. */
  refused: boolean
  /** What has to stand in the rows: of each group one of its texts, as JSON has them. */
  texts: readonly (readonly string[])[]
  /** Terms by which segments lead to them, as `termOf` has them: of each group one. */
  terms?: readonly (readonly number[])[]
}

/** Some lots, in the order in which they are read: the latest first. */
export interface Slice {
  lots: Lot[]
  /** How many requests were passed for it, or what cost as much. */
  passed: number
  /** Behind what the next slice begins; null where nothing is left. */
  next: LotKey | null
}

/**
 * Lots of a place before one, the latest first: so many at most, and none behind so many requests. All of them, or those that
 * are in no segment.
 */
export async function lotsBefore(
  place: Place,
  filter: LotFilter,
  before: LotKey,
  most: { lots: number; requests: number },
  which: 'all' | 'not indexed' = 'all',
): Promise<Lot[]> {
  const { texts, from, to, refused } = filter
  // Each has an index of those alone: it is the few that are not indexed which are gone through.
  const alone = which === 'not indexed' ? 'AND NOT "indexed"' : refused ? 'AND "refused" > 0' : ''
  const sql = `
    SELECT "at", "id", "requests", "refused", ${rowsWith(texts)} AS "rows"
    FROM "LogLot" WHERE "tenantId" = ? AND "environment" = ? AND ("at", "id") IN (
      SELECT "at", "id" FROM (
        SELECT "at", "id", SUM("requests") OVER (ORDER BY "at" DESC, "id" DESC) - "requests" AS "passed" FROM (
          SELECT "at", "id", "requests" FROM "LogLot"
          WHERE "tenantId" = ? AND "environment" = ? AND ("at", "id") < (?, ?) AND "at" >= ? AND "began" < ?
            ${alone}
          ORDER BY "at" DESC, "id" DESC LIMIT ?
        ) AS "next"
      ) AS "sums" WHERE "passed" < ?
    )
    ORDER BY "at" DESC, "id" DESC`
  const { tenantId, environment } = place
  const range = [tenantId, environment, before.at, before.id, from, to] as const
  return (await direct()).all<Lot>(sql, ...texts.flat(), tenantId, environment, ...range, most.lots, most.requests)
}

/**
 * Lots of a place that ended in one moment, before one, the latest first; so many at most. With their rows, whatever is in them:
 * who asks for a moment knows of a request there.
 */
export async function lotsAt(
  { tenantId, environment }: Place,
  { to }: LotFilter,
  at: number,
  before: LotKey,
  most: number,
): Promise<Lot[]> {
  const sql = `
    SELECT "at", "id", "requests", "refused", "rows" FROM "LogLot"
    WHERE "tenantId" = ? AND "environment" = ? AND "at" = ? AND "id" < ? AND "began" < ?
    ORDER BY "at" DESC, "id" DESC LIMIT ?`
  const id = at === before.at ? before.id : behindAll
  return (await direct()).all<Lot>(sql, tenantId, environment, at, id, to, most)
}

/** The rows of a lot, where they have of each group one of its texts. */
function rowsWith(texts: LotFilter['texts']): string {
  const within = texts.map((any) => `(${any.map(() => 'instr("rows", ?) > 0').join(' OR ')})`).join(' AND ')
  return within ? `CASE WHEN ${within} THEN "rows" END` : '"rows"'
}

/** A lot with refusals. */
export interface RefusedLot extends LotKey {
  began: number
  requests: number
  reasons: string | null
}

/** Lots of a place with refusals before one, the latest first, in which requests may have begun in a range; so many at most. */
export async function refusedBefore(
  { tenantId, environment }: Place,
  { from, to }: Pick<LotFilter, 'from' | 'to'>,
  before: LotKey,
  most: number,
): Promise<RefusedLot[]> {
  const sql = `
    SELECT "at", "id", "began", "requests", "reasons" FROM "LogLot"
    WHERE "tenantId" = ? AND "environment" = ? AND "refused" > 0 AND ("at", "id") < (?, ?) AND "at" >= ? AND "began" < ?
    ORDER BY "at" DESC, "id" DESC LIMIT ?`
  return (await direct()).all<RefusedLot>(sql, tenantId, environment, before.at, before.id, from, to, most)
}

/** What stands in a lot; undefined where it was let go meanwhile. */
export async function rowsOf({ tenantId, environment }: Place, { at, id }: LotKey): Promise<string | undefined> {
  const sql = 'SELECT "rows" FROM "LogLot" WHERE "tenantId" = ? AND "environment" = ? AND "at" = ? AND "id" = ?'
  return (await (await direct()).first<{ rows: string }>(sql, tenantId, environment, at, id))?.rows
}

/** The lots of a place in which a request stands that began at a moment and ended by another. */
export async function lotsAround({ tenantId, environment }: Place, began: number, ended: number, text: string) {
  const sql = `
    SELECT "rows" FROM "LogLot"
    WHERE "tenantId" = ? AND "environment" = ? AND "at" >= ? AND "at" <= ? AND "began" <= ? AND instr("rows", ?) > 0
    ORDER BY "at", "id" LIMIT 1`
  return (await direct()).all<{ rows: string }>(sql, tenantId, environment, began, ended, began, text)
}

/** Requests of a place, and those of them that were refused, by steps of time from a moment on. */
export async function countsByStep({ tenantId, environment }: Place, from: number, to: number, step: number) {
  const sql = `
    SELECT CAST(("at" - ?) / ? AS INTEGER) AS "step", SUM("requests") AS "requests", SUM("refused") AS "refused" FROM "LogLot"
    WHERE "tenantId" = ? AND "environment" = ? AND "at" >= ? AND "at" < ?
    GROUP BY 1`
  return (await direct()).all<{ step: number; requests: number; refused: number }>(
    ...([sql, from, step, tenantId, environment, from, to] as const),
  )
}

/** How many requests each place has, the most first. */
export async function sizes(): Promise<(Place & { requests: number })[]> {
  const sql = `SELECT "tenantId", "environment", "requests" FROM "LogSize" WHERE "requests" > 0 ORDER BY "requests" DESC`
  return (await direct()).all<{ tenantId: string; environment: Environment; requests: number }>(sql)
}

const oldest = `
  FROM "LogLot" WHERE "tenantId" = ? AND "environment" = ? AND "at" < ? ORDER BY "at", "id" LIMIT ?`

/** Lets the oldest lots of a place go that were written before a moment, and what led to them; zero where there are none. */
export async function removeOldest({ tenantId, environment }: Place, before: number, limit: number): Promise<number> {
  const lots = [tenantId, environment, before, limit] as const
  const ofPlace = `UPDATE "LogSize" SET "requests" = "requests"`
  // Two more than lots, and segments whose lots have all gone: the size changes, too, also where nothing goes. It is locked
  // first, so that of two that do this at once the second sees what the first left, and nothing is added between.
  const changed = await (await direct()).write(() => [
    [`${ofPlace} WHERE "tenantId" = ? AND "environment" = ?`, tenantId, environment],
    [
      `${ofPlace} - (
         SELECT COALESCE(SUM("requests"), 0) FROM (SELECT "requests" ${oldest}) AS "gone")
       WHERE "tenantId" = ? AND "environment" = ?`,
      ...lots,
      tenantId,
      environment,
    ],
    [
      `DELETE FROM "LogLot" WHERE "tenantId" = ? AND "environment" = ? AND ("at", "id") IN (SELECT "at", "id" ${oldest})`,
      tenantId,
      environment,
      ...lots,
    ],
    [
      `UPDATE "LogSegment" SET "state" = 'going'
       WHERE "tenantId" = ? AND "environment" = ? AND "state" = 'searched' AND "last" < COALESCE((
         SELECT MIN("at") FROM "LogLot" WHERE "tenantId" = ? AND "environment" = ?), ${Number.MAX_SAFE_INTEGER})`,
      ...[tenantId, environment, tenantId, environment],
    ],
  ])
  return changed - 2
}
