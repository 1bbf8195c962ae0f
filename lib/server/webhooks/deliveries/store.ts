import type { DeliveryFilter } from '#lib/contract/webhooks.ts'
import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { database, stampOf } from '../../db/database.ts'
import type { NewEvent } from '../outbox/store.ts'

export type StoredDelivery = Awaited<ReturnType<typeof list>>[number]
export type StoredAttempt = NonNullable<Awaited<ReturnType<typeof read>>>['tries'][number]

const undelivered = { in: ['pending', 'failed'] }

/** Deliveries to an endpoint, newest first, `take` of them, from behind the one with id `after`. */
export async function list(
  place: Place,
  endpointId: string,
  filter: DeliveryFilter | undefined,
  take: number,
  after?: string,
) {
  const status = filter === 'undelivered' ? undelivered : filter
  return (await database()).webhookDelivery.findMany({
    where: { ...place, endpointId, ...(status ? { status } : {}) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take,
    ...(after ? { cursor: { id: after, ...place, endpointId }, skip: 1 } : {}),
    include: { event: true },
  })
}

/** How many deliveries to an endpoint did not arrive, or not yet. */
export async function countUndelivered(place: Place, endpointId: string): Promise<number> {
  return (await database()).webhookDelivery.count({ where: { ...place, endpointId, status: undelivered } })
}

/** A delivery of a place with its attempts, oldest first; or null. */
export async function read(place: Place, id: string) {
  return (await database()).webhookDelivery.findFirst({
    where: { id, ...place },
    include: { event: true, tries: { orderBy: { number: 'asc' } } },
  })
}

/** Lets a delivery's schedule begin again now; one that is under way goes on as it is. */
export async function begin(place: Place, id: string): Promise<void> {
  await (await database()).webhookDelivery.updateMany({ where: { id, ...place, lease: null }, data: afresh() })
}

// Those that were given up, and those that failed and wait for their next attempt.
const beginSome = `
  UPDATE "WebhookDelivery" SET "status" = 'pending', "scheduledAt" = ?, "scheduled" = 0, "dueAt" = ?
  WHERE "lease" IS NULL AND "id" IN (
    SELECT "id" FROM "WebhookDelivery"
    WHERE "endpointId" = ? AND "status" = ? AND "createdAt" >= ? AND "lease" IS NULL AND ("dueAt" IS NULL OR "dueAt" > ?)
    ORDER BY "createdAt" LIMIT ?)`

/** Lets the schedules of all that did not arrive since a moment begin again now, oldest first; how many, `most` at most. */
export async function beginSince(endpointId: string, since: Date, most: number): Promise<number> {
  const now = stampOf(new Date(clock.now()))
  const db = await database()
  let begun = 0
  for (const status of ['failed', 'pending']) {
    const values = [now, now, endpointId, status, stampOf(since), now, most - begun]
    begun += await db.$executeRawUnsafe(beginSome, ...values)
  }
  return begun
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

function afresh() {
  const now = new Date(clock.now())
  return { status: 'pending', scheduledAt: now, scheduled: 0, dueAt: now }
}

const ofHour = `
  SELECT CAST(? AS INTEGER) AS "hour", COUNT(*) AS "deliveries",
         COALESCE(SUM(CASE WHEN "status" = 'delivered' THEN 1 ELSE 0 END), 0) AS "delivered"
  FROM "WebhookDelivery" WHERE "endpointId" = ? AND "createdAt" >= ? AND "createdAt" < ?`

/** What became of the deliveries of some hours, which are counted from the epoch. */
export async function byHour(endpointId: string, hours: number[]) {
  const stamp = (hour: number) => stampOf(new Date(hour * 3_600_000))
  const values = hours.flatMap((hour) => [hour, endpointId, stamp(hour), stamp(hour + 1)])
  return (await database()).$queryRawUnsafe<{ hour: bigint; deliveries: bigint; delivered: bigint }[]>(
    hours.map(() => ofHour).join(' UNION ALL '),
    ...values,
  )
}

/** How many deliveries failed at least once and wait for another attempt, and when the oldest of them was told. */
export async function waiting(endpointId: string) {
  const where = { endpointId, status: 'pending', attempts: { gt: 0 } }
  const { _count, _min } = await (await database()).webhookDelivery.aggregate({
    where,
    _count: true,
    _min: { createdAt: true },
  })
  return { count: _count, since: _min.createdAt }
}

/** When the oldest delivery to an endpoint was told that did not arrive, or not yet. */
export async function undeliveredSince(endpointId: string): Promise<Date | undefined> {
  const db = await database()
  const oldest = (status: string) =>
    db.webhookDelivery.findFirst({
      where: { endpointId, status },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { createdAt: true },
    })
  const found = await Promise.all(undelivered.in.map(oldest))
  return found.flatMap((delivery) => delivery?.createdAt ?? []).sort((one, other) => Number(one) - Number(other))[0]
}

/** How long the latest answers of an endpoint took, in milliseconds; so many at most. */
export async function latencies(endpointId: string, most: number): Promise<number[]> {
  const rows = await (await database()).webhookDelivery.findMany({
    where: { endpointId, lastStatus: { not: null } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: most,
    select: { lastMilliseconds: true },
  })
  return rows.flatMap(({ lastMilliseconds }) => lastMilliseconds ?? [])
}
