import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { database, type Prisma, type Transaction, transaction } from '../db/database.ts'
import { lockPlace } from '../db/lock-place.ts'
import { doneBefore, noteOnce, type Once } from '../once/once.ts'

export type { Transaction }

/** An endpoint as it is made. */
export type NewEndpoint = Omit<Prisma.WebhookEndpointUncheckedCreateInput, 'createdAt' | keyof Place> & Place
export type StoredEndpoint = Awaited<ReturnType<typeof list>>[number]

/** What goes with a change into its transaction: the audit log's event. */
export type Recorded = (tx: Transaction, after: StoredEndpoint | null, before: StoredEndpoint | null) => Promise<void>

const oldestFirst = [{ createdAt: 'asc' as const }, { id: 'asc' as const }]

/**
 * Keeps a new endpoint; `full` where the place has `most` of them.
 *
 * @throws Problem idempotency_conflict
 */
export async function save(endpoint: NewEndpoint, most: number, once: Once | undefined, recorded: Recorded) {
  return transaction(async (tx) => {
    const { tenantId, environment } = endpoint
    await lockPlace(tx, endpoint)
    const earlier = await doneBefore(tx, endpoint, once)
    // What it made may be deleted since.
    if (earlier) return { endpoint: await tx.webhookEndpoint.findUnique({ where: { id: earlier } }), replayed: true }
    if ((await tx.webhookEndpoint.count({ where: { tenantId, environment } })) >= most) return 'full' as const
    await noteOnce(tx, endpoint, once, endpoint.id)
    const made = await tx.webhookEndpoint.create({ data: { ...endpoint, createdAt: new Date(clock.now()) } })
    await recorded(tx, made, null)
    return { endpoint: made, replayed: false }
  })
}

/** Changes an endpoint as `change` says of it as it is; null when there is none of that id in the place. */
export async function update(
  place: Place,
  id: string,
  change: (before: StoredEndpoint) => Prisma.WebhookEndpointUncheckedUpdateInput,
  recorded: Recorded,
) {
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const before = await tx.webhookEndpoint.findFirst({ where: { id, ...place } })
    if (!before) return null
    const after = await tx.webhookEndpoint.update({ where: { id }, data: change(before) })
    await recorded(tx, after, before)
    return after
  })
}

/**
 * Gives an endpoint a new signing secret, unless the same request did before; null when there is none of that id in the place.
 *
 * @throws Problem idempotency_conflict
 */
export async function saveSecret(
  place: Place,
  id: string,
  change: (before: StoredEndpoint) => Prisma.WebhookEndpointUncheckedUpdateInput,
  once: Once | undefined,
  recorded: Recorded,
) {
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const before = await tx.webhookEndpoint.findFirst({ where: { id, ...place } })
    if (!before) return null
    if (await doneBefore(tx, place, once)) return { endpoint: before, replayed: true }
    await noteOnce(tx, place, once, id)
    const endpoint = await tx.webhookEndpoint.update({ where: { id }, data: change(before) })
    await recorded(tx, endpoint, before)
    return { endpoint, replayed: false }
  })
}

/**
 * Turns an endpoint off for the server's own reason; with `failingSince`, only where nothing arrived since then or before.
 * False where it is off already, or has none.
 */
export async function turnOff(
  place: Place,
  id: string,
  disabledReason: string,
  failingSince: Date | undefined,
  recorded: Recorded,
): Promise<boolean> {
  const db = await database()
  const where = { id, ...place, enabled: true, ...(failingSince ? { failingSince: { lte: failingSince } } : {}) }
  if (!(await db.webhookEndpoint.findFirst({ where }))) return false
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const before = await tx.webhookEndpoint.findFirst({ where })
    if (!before) return false
    const off = { enabled: false, disabledReason, disabledAt: new Date(clock.now()) }
    await recorded(tx, await tx.webhookEndpoint.update({ where: { id }, data: off }), before)
    return true
  })
}

/** Deletes an endpoint with its secrets; what it was told stays for a while. False when there is none of that id in the place. */
export async function remove(place: Place, id: string, recorded: Recorded): Promise<boolean> {
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const before = await tx.webhookEndpoint.findFirst({ where: { id, ...place } })
    if (!before) return false
    await tx.webhookEndpoint.delete({ where: { id } })
    await recorded(tx, null, before)
    return true
  })
}

/** An endpoint of a place, or null. */
export async function read(place: Place, id: string) {
  return (await database()).webhookEndpoint.findFirst({ where: { id, ...place } })
}

/** Where an endpoint belongs, or undefined. */
export async function placeOfEndpoint(id: string): Promise<Place | undefined> {
  const select = { tenantId: true, environment: true }
  const found = await (await database()).webhookEndpoint.findUnique({ where: { id }, select })
  return found ? { ...found, environment: found.environment as Place['environment'] } : undefined
}

/** The endpoints of one environment, oldest first, `take` of them, from behind the one with id `after`. */
export async function list(place: Place, take: number, after?: string) {
  return (await database()).webhookEndpoint.findMany({
    where: { ...place },
    orderBy: oldestFirst,
    take,
    ...(after ? { cursor: { id: after, ...place }, skip: 1 } : {}),
  })
}
