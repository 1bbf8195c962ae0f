import type { Environment } from '#lib/contract/environment.ts'
import type { Sql } from '#lib/foundation/direct.ts'
import type { Place } from '../../caller.ts'
import { direct, transaction } from '../../db/database.ts'
import { writeIn } from '../../db/write-in.ts'
import type { LotKey } from '../store.ts'
import type { Block } from './block.ts'

/** What leads to some lots of a place. */
export interface Segment {
  id: string
  /** The moments of its first and last lot. */
  first: number
  last: number
  lots: number
  pairs: number
  parts: number
}

const columns = '"id", "first", "last", "lots", "pairs", "parts"'
const ofPlace = '"tenantId" = ? AND "environment" = ?'

// Whoever changes which segments are searched has the place's size first: of two at once the second sees what the first left,
// and no lot is added or let go between. It is a transaction of its own: what fails in the middle leaves nothing.
const toBeAlone = `UPDATE "LogSize" SET "requests" = "requests" WHERE ${ofPlace}`

const addSegment = `
  INSERT INTO "LogSegment" ("tenantId", "environment", "state", ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
const addBlock = `
  INSERT INTO "LogBlock" ("tenantId", "environment", "segmentId", "part", "moments") VALUES (?, ?, ?, ?, ?)`

/** So many places that have lots which are not indexed, behind one, by their ids; and how many of these, as far as was counted. */
export async function placesBehind(after: Place | undefined): Promise<{ places: UnindexedPlace[]; isLast: boolean }> {
  const sql = `
    SELECT "tenantId", "environment", COUNT(*) AS "lots" FROM (
      SELECT "tenantId", "environment" FROM "LogLot"
      WHERE NOT "indexed" AND ("tenantId", "environment") > (?, ?)
      ORDER BY "tenantId", "environment", "at", "id" LIMIT ${countedAtOnce}
    ) AS "next" GROUP BY "tenantId", "environment" ORDER BY "tenantId", "environment"`
  const { tenantId, environment } = after ?? { tenantId: '', environment: '' }
  const places = await (await direct()).all<UnindexedPlace>(sql, tenantId, environment)
  return { places, isLast: places.reduce((sum, { lots }) => sum + lots, 0) < countedAtOnce }
}

const countedAtOnce = 2_000

export interface UnindexedPlace {
  tenantId: string
  environment: Environment
  lots: number
}

/** The oldest lots of a place that are not indexed, in their order. */
export async function oldestUnindexed({ tenantId, environment }: Place, most: number): Promise<LotKey[]> {
  const sql = `
    SELECT "at", "id" FROM "LogLot" WHERE ${ofPlace} AND NOT "indexed" ORDER BY "at", "id" LIMIT ?`
  return (await direct()).all<LotKey>(sql, tenantId, environment, most)
}

/** Begins a segment: nobody searches it until it is whole. */
export async function begin(place: Place, segment: Segment, blocks: readonly Block[] = []): Promise<void> {
  const { id, first, last, lots, pairs, parts } = segment
  const { tenantId, environment } = place
  await (await direct()).write(() => [
    [addSegment, tenantId, environment, 'written', id, first, last, lots, pairs, parts],
    ...blocks.map((block) => newBlock(place, id, block)),
  ])
}

/** Adds to one. Fails where it was given up meanwhile, and has gone. */
export async function addBlocks(place: Place, segmentId: string, blocks: readonly Block[]): Promise<void> {
  await (await direct()).write(() => blocks.map((block) => newBlock(place, segmentId, block)))
}

/**
 * Has a segment that is written be searched, and its lots marked, which are all that are not indexed from the first of them to
 * the last.
 *
 * @returns whether it is: not where it was given up, one of them was indexed or let go meanwhile, or one came between them
 */
export async function searchFirst(
  { tenantId, environment }: Place,
  { id, lots }: Pick<Segment, 'id' | 'lots'>,
  [first, last]: readonly [LotKey, LotKey],
): Promise<boolean> {
  const those = `${ofPlace} AND NOT "indexed" AND ("at", "id") >= (?, ?) AND ("at", "id") <= (?, ?)`
  const take = `
    UPDATE "LogSegment" SET "state" = 'searched' WHERE ${ofPlace} AND "id" = ? AND "state" = 'written'
      AND (SELECT COUNT(*) FROM "LogLot" WHERE ${those}) = ?`
  const mark = `UPDATE "LogLot" SET "indexed" = TRUE WHERE ${those}`
  const place = [tenantId, environment] as const
  const range = [first.at, first.id, last.at, last.id] as const
  return alone(place, [take, ...place, id, ...place, ...range, lots], [mark, ...place, ...range])
}

/**
 * Has a segment that is written be searched in place of those that it was made of.
 *
 * @returns whether it is: not where it was given up meanwhile, or one of those is not searched any more
 */
export async function replace({ tenantId, environment }: Place, id: string, old: readonly string[]): Promise<boolean> {
  const those = `${ofPlace} AND "state" = 'searched' AND "id" IN (${old.map(() => '?')})`
  const take = `
    UPDATE "LogSegment" SET "state" = 'searched' WHERE ${ofPlace} AND "id" = ? AND "state" = 'written'
      AND (SELECT COUNT(*) FROM "LogSegment" WHERE ${those}) = ?`
  const leave = `UPDATE "LogSegment" SET "state" = 'going' WHERE ${those}`
  const place = [tenantId, environment] as const
  return alone(place, [take, ...place, id, ...place, ...old, old.length], [leave, ...place, ...old])
}

/** Does one thing, and where that changed something, another, which it changes also; whether it did. */
async function alone(place: readonly [string, string], first: Sql, then: Sql): Promise<boolean> {
  const writes = [[toBeAlone, ...place] as const, { first, next: () => [then] }]
  return (await transaction((tx) => writeIn(tx, writes))) > 1
}

function newBlock({ tenantId, environment }: Place, segmentId: string, { part, moments }: Block): Sql {
  return [addBlock, tenantId, environment, segmentId, part, moments]
}

/**
 * The segments of a place that are searched, in which there may be lots from a moment on up to another, the latest first: some
 * dozens, however many requests there are.
 */
export async function searchedIn(
  { tenantId, environment }: Place,
  { from, to }: { from: number; to: number },
): Promise<Segment[]> {
  const sql = `
    SELECT ${columns} FROM "LogSegment"
    WHERE ${ofPlace} AND "state" = 'searched' AND "last" >= ? AND "first" <= ?
    ORDER BY "last" DESC, "id" DESC`
  return (await direct()).all<Segment>(sql, tenantId, environment, from, to)
}

/** A part of a segment. */
export interface Part {
  id: string
  part: number
}

/** What segments have in some of their parts: null where that is nothing; of a segment that is not searched any more, none. */
export async function blocksOf({ tenantId, environment }: Place, parts: readonly Part[]) {
  const some = parts.map(() => '(CAST(? AS TEXT), CAST(? AS INTEGER))').join(', ')
  // In this order: parts are few, and each leads to one row, whatever the database knows of how many there are.
  const sql = `
    SELECT w."column1" AS "id", w."column2" AS "part", (
      SELECT b."moments" FROM "LogBlock" b
      WHERE b."tenantId" = s."tenantId" AND b."environment" = s."environment" AND b."segmentId" = s."id" AND b."part" = w."column2"
    ) AS "moments"
    FROM (VALUES ${some}) AS w CROSS JOIN "LogSegment" s
    WHERE s."tenantId" = ? AND s."environment" = ? AND s."id" = w."column1" AND s."state" = 'searched'`
  const values = parts.flatMap(({ id, part }) => [id, part])
  return (await direct()).all<Part & { moments: Uint8Array | null }>(sql, ...values, tenantId, environment)
}

/** The blocks of a segment from a part on, in their order; so many at most. */
export async function blocksFrom({ tenantId, environment }: Place, id: string, part: number, most: number) {
  const sql = `
    SELECT "part", "moments" FROM "LogBlock" WHERE ${ofPlace} AND "segmentId" = ? AND "part" >= ?
    ORDER BY "part" LIMIT ?`
  return (await direct()).all<Block>(sql, tenantId, environment, id, part, most)
}

/** A segment that nobody searches. */
export interface Unsearched {
  tenantId: string
  environment: Environment
  id: string
}

/** Segments of any place that are not searched: those that go, and those that were not written to their end. */
export async function unsearched(most: number): Promise<Unsearched[]> {
  const sql = `
    SELECT "tenantId", "environment", "id" FROM "LogSegment"
    WHERE "state" IN ('written', 'going') AND "state" <> 'searched'
    ORDER BY "tenantId", "environment", "id" LIMIT ?`
  return (await direct()).all<Unsearched>(sql, most)
}

/** Has a segment that was not written to its end go: whoever is at it still does not end it any more. */
export async function giveUp({ tenantId, environment, id }: Unsearched): Promise<void> {
  const sql = `UPDATE "LogSegment" SET "state" = 'going' WHERE ${ofPlace} AND "id" = ? AND "state" = 'written'`
  await (await direct()).write(() => [[sql, tenantId, environment, id]])
}

/** Lets some blocks go of a segment that goes, or itself where it has none; whether it is gone. */
export async function removeSome({ tenantId, environment, id }: Unsearched, most: number): Promise<boolean> {
  const own = `${ofPlace} AND "segmentId" = ?`
  const some = `
    DELETE FROM "LogBlock" WHERE ${own} AND "part" IN (
      SELECT "part" FROM "LogBlock" WHERE ${own} ORDER BY "part" LIMIT ?)`
  const values = [tenantId, environment, id] as const
  const db = await direct()
  if ((await db.write(() => [[some, ...values, ...values, most]])) === most) return false
  await db.write(() => [[`DELETE FROM "LogSegment" WHERE ${ofPlace} AND "id" = ? AND "state" = 'going'`, ...values]])
  return true
}
