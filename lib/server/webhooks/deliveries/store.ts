import type { DeliveryFilter } from '#lib/contract/webhooks.ts'
import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { database, direct, stampOf } from '../../db/database.ts'
import type { NewEvent } from '../outbox/store.ts'

export type StoredDelivery = Awaited<ReturnType<typeof list>>[number]
export type StoredAttempt = NonNullable<Awaited<ReturnType<typeof read>>>['tries'][number]

// An endpoint may have a million deliveries, and pages that are open read its log again and again: each of these looks at so
// many rows at most as it answers, or at the entries of an index alone.

interface Entry {
  id: string
  createdAt: string
}

const page = (status: string) => `
  SELECT "id", "createdAt" FROM "WebhookDelivery"
  WHERE "endpointId" = ? ${status} AND ("createdAt", "id") < (?, ?)
  ORDER BY "createdAt" DESC, "id" DESC LIMIT ?`
const [ofAny, ofStatus] = [page(''), page('AND "status" = ?')]
const behindNone: Entry = { id: '', createdAt: stampOf(new Date('9999-12-31')) }
const newestFirst = (one: Entry, other: Entry) =>
  other.createdAt.localeCompare(one.createdAt) || (other.id < one.id ? -1 : 1)

/** Deliveries to an endpoint, newest first, `take` of them, from behind the one with id `after`. */
export async function list(endpointId: string, filter: DeliveryFilter | undefined, take: number, after?: string) {
  const db = await direct()
  const named = `SELECT "id", "createdAt" FROM "WebhookDelivery" WHERE "id" = ? AND "endpointId" = ?`
  const behind = after ? await db.first<Entry>(named, after, endpointId) : behindNone
  if (!behind) return []
  const rest = [behind.createdAt, behind.id, take] as const
  const found = filter
    ? await Promise.all(statusesOf(filter).map((status) => db.all<Entry>(ofStatus, endpointId, status, ...rest)))
    : [await db.all<Entry>(ofAny, endpointId, ...rest)]
  const ids = found
    .flat()
    .toSorted(newestFirst)
    .slice(0, take)
    .map(({ id }) => id)
  const rows = await (await database()).webhookDelivery.findMany({
    where: { id: { in: ids } },
    include: { event: true },
  })
  return rows.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
}

const undelivered = ['pending', 'failed']
const statusesOf = (filter: DeliveryFilter) => (filter === 'undelivered' ? undelivered : [filter])

/** How many deliveries to an endpoint did not arrive, or not yet; `most` at most. */
export async function countUndelivered(endpointId: string, most: number): Promise<number> {
  const sql = `
    SELECT COUNT(*) AS "count" FROM (
      SELECT 1 FROM "WebhookDelivery" WHERE "endpointId" = ? AND "status" IN ('pending', 'failed') LIMIT ?) "some"`
  return (await (await direct()).first<{ count: number }>(sql, endpointId, most))?.count ?? 0
}

/** A delivery of a place with its attempts, oldest first; or null. */
export async function read(place: Place, id: string) {
  return (await database()).webhookDelivery.findFirst({
    where: { id, ...place },
    include: { event: true, tries: { orderBy: { number: 'asc' } } },
  })
}

/** Whether an endpoint is there, and on. */
export async function isEnabled(endpointId: string): Promise<boolean> {
  const sql = `SELECT 1 FROM "WebhookEndpoint" WHERE "id" = ? AND "enabled"`
  return Boolean(await (await direct()).first(sql, endpointId))
}

/** Lets a delivery's schedule begin again now; one that is under way goes on as it is. */
export async function begin(place: Place, id: string): Promise<void> {
  const now = new Date(clock.now())
  const data = { status: 'pending', scheduledAt: now, scheduled: 0, dueAt: now }
  await (await database()).webhookDelivery.updateMany({ where: { id, ...place, lease: null }, data })
}

const givenUp = `
  SELECT "id" FROM "WebhookDelivery" WHERE "endpointId" = ? AND "status" = 'failed' AND "createdAt" >= ?
  ORDER BY "createdAt" LIMIT ?`
// No schedule begins before what it is for was told.
const waitingLong = `
  SELECT "id" FROM "WebhookDelivery"
  WHERE "endpointId" = ? AND "dueAt" IS NOT NULL AND "attempts" > 0 AND "scheduledAt" >= ? AND "createdAt" >= ?
    AND "scheduledAt" < ? AND "dueAt" > ? AND "lease" IS NULL
  ORDER BY "scheduledAt" LIMIT ?`
const beginAgain = (which: string) => `
  UPDATE "WebhookDelivery" SET "status" = 'pending', "scheduledAt" = ?, "scheduled" = 0, "dueAt" = ?
  WHERE "lease" IS NULL AND "id" IN (${which})`
const [beginGivenUp, beginWaiting] = [beginAgain(givenUp), beginAgain(waitingLong)]

/**
 * Lets the schedules of what did not arrive since a moment begin again now, oldest first: of what was given up, and of what
 * waits for its next attempt in a schedule that began before `begunBefore`.
 *
 * @returns how many it was, `most` at most, and whether there are more
 */
export async function beginSince(
  endpointId: string,
  since: Date,
  begunBefore: Date,
  most: number,
): Promise<{ begun: number; more: boolean }> {
  const db = await direct()
  const [now, from] = [stampOf(new Date(clock.now())), stampOf(since)]
  const failed = [endpointId, from]
  const waits = [endpointId, from, from, stampOf(begunBefore), now]
  let begun = await db.write(() => [[beginGivenUp, now, now, ...failed, most]])
  begun += await db.write(() => [[beginWaiting, now, now, ...waits, most - begun]])
  if (begun < most) return { begun, more: false }
  const left = [await db.first(givenUp, ...failed, 1), await db.first(waitingLong, ...waits, 1)]
  return { begun, more: left.some((one) => one !== undefined) }
}

/** Keeps an event for one endpoint alone, whatever it listens to; the id of its delivery. */
export async function keepFor(endpointId: string, { at, ...event }: NewEvent): Promise<string> {
  const { tenantId, environment, id: eventId } = event
  const id = `dlv_${eventId.slice(4)}${endpointId.slice(3)}`
  const due = { status: 'pending', scheduledAt: at, dueAt: at, createdAt: at }
  await (await database()).webhookEvent.create({
    data: {
      ...event,
      test: true,
      createdAt: at,
      deliveries: { create: [{ id, endpointId, tenantId, environment, ...due }] },
    },
  })
  return id
}
