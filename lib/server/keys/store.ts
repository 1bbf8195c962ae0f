import type { Environment, Tier } from '#lib/contract/environment.ts'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { inChunks } from '../db/chunks.ts'
import { database, type Prisma, type Transaction, transaction } from '../db/database.ts'
import { lockPlace } from '../db/lock-place.ts'
import { doneBefore, noteOnce, type Once } from '../once/once.ts'

export interface NewKey {
  id: string
  tenantId: string
  environment: Environment
  name: string
  hash: string
  hint: string
  scopes: string
  tier: Tier
  demo: boolean
  allowedIps: string
  familyId: string
  predecessorId: string | null
  handedOff: boolean
  expiresAt: Date | null
  plannedExpiresAt: Date | null
}

/** More keys that work at once nobody can look after. */
export const maxWorking = 1_000

const oldestFirst: Prisma.ApiKeyOrderByWithRelationInput[] = [{ createdAt: 'asc' }, { id: 'asc' }]
const newestFirst: Prisma.ApiKeyOrderByWithRelationInput[] = [{ createdAt: 'desc' }, { id: 'desc' }]

export type StoredKey = Awaited<ReturnType<typeof list>>[number]

/** What goes with a change into its transaction: the audit log's event. */
export type Recorded = (tx: Transaction, after: StoredKey, before: StoredKey | null) => Promise<void>

/** Keeps a new key; `full` where the place has `maxWorking` that work. */
export async function save(key: NewKey, once: Once | undefined, recorded: Recorded) {
  return transaction(async (tx) => {
    await lockPlace(tx, key)
    return (await madeBefore(tx, key, once)) ?? (await saveWithin(tx, key, once, recorded))
  })
}

/** The same in a transaction that has locked the place. Whoever is handed a key leaves room for those of the tenant's own. */
export async function saveWithin(tx: Transaction, key: NewKey, once: Once | undefined, recorded: Recorded) {
  const most = key.handedOff ? maxWorking / 2 : maxWorking
  if ((await tx.apiKey.count({ where: { ...placeIn(key), ...working() } })) >= most) return 'full' as const
  const made = await create(tx, key, once)
  await recorded(tx, made, null)
  return { key: made, replayed: false as const }
}

/**
 * Keeps a key's successor, as `successorOf` makes it of the key where `allowed` does not throw, and ends the key's own time
 * at `until`, or earlier where it ended earlier. Null when the place has no such key, or it does not work any more; `full`
 * as in `save`.
 */
export async function rotate(
  place: Place,
  id: string,
  until: Date,
  { allowed, successorOf }: { allowed: (before: StoredKey) => void; successorOf: (before: StoredKey) => NewKey },
  once: Once | undefined,
  recorded: Recorded,
) {
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const before = await tx.apiKey.findFirst({ where: { id, ...place } })
    if (!before) return null
    allowed(before)
    const earlier = await madeBefore(tx, place, once)
    if (earlier) return earlier
    if (!works(before)) return null
    const successor = successorOf(before)
    if ((await tx.apiKey.count({ where: { ...place, ...working() } })) >= maxWorking) return 'full' as const
    const expiresAt = before.expiresAt && before.expiresAt < until ? before.expiresAt : until
    await tx.apiKey.update({ where: { id }, data: { expiresAt } })
    const made = await create(tx, successor, once)
    await recorded(tx, made, before)
    return { key: made, replayed: false as const }
  })
}

/** Changes a key that still works; null when there is none of that id in the place. */
export async function update(
  place: Place,
  id: string,
  change: (before: StoredKey, replaced: boolean) => Prisma.ApiKeyUpdateInput,
  recorded: Recorded,
) {
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const before = await tx.apiKey.findFirst({ where: { id, ...place } })
    if (!before || !works(before)) return null
    const successors = await tx.apiKey.count({ where: { predecessorId: id, revokedAt: null } })
    const after = await tx.apiKey.update({ where: { id }, data: change(before, successors > 0) })
    await recorded(tx, after, before)
    return after
  })
}

/**
 * Marks a key revoked, once, where `allowed` does not throw, and with it those that were handed on in its family: whoever
 * had it could have made any of them. Null when there is none of that id in the place.
 *
 * @param recorded is told how many of those there were
 */
export async function revoke(
  place: Place,
  id: string,
  allowed: (before: StoredKey) => void,
  recorded: (handedOn: number) => Recorded,
) {
  return transaction(async (tx) => {
    // None is handed on meanwhile.
    await lockPlace(tx, place)
    const before = await tx.apiKey.findFirst({ where: { id, ...place } })
    if (!before || before.revokedAt) return before
    allowed(before)
    const data = { revokedAt: new Date(clock.now()) }
    const after = await tx.apiKey.update({ where: { id }, data })
    const { familyId, handedOff } = before
    const those = { ...place, familyId, handedOff: true, ...working() }
    const { count } = handedOff ? { count: 0 } : await tx.apiKey.updateMany({ where: those, data })
    await recorded(count)(tx, after, before)
    return after
  })
}

/** A key of a place, whatever its state. */
export async function read(place: Place, id: string) {
  return (await database()).apiKey.findFirst({ where: { id, ...place } })
}

/** The place of a key. */
export async function placeOf(id: string): Promise<Place | null> {
  const found = await (await database()).apiKey.findUnique({ where: { id } })
  return found && { tenantId: found.tenantId, environment: found.environment as Environment }
}

/** The keys of one environment, oldest first, `take` of them, from behind the one with id `after`. */
export async function list(place: Place, take?: number, after?: string) {
  const made = await madeAt(place, after)
  if (made === null) return []
  return (await database()).apiKey.findMany({
    where: {
      ...place,
      ...(made && { createdAt: { gte: made.at }, OR: [{ createdAt: { gt: made.at } }, { id: { gt: made.id } }] }),
    },
    orderBy: oldestFirst,
    ...(take === undefined ? {} : { take }),
  })
}

/** The keys of one environment that work, newest first, `take` of them, from behind the one with id `after`. */
export async function listNewest(place: Place, take: number, after?: string) {
  const made = await madeAt(place, after)
  if (made === null) return []
  const behind = made && { createdAt: { lte: made.at }, OR: [{ createdAt: { lt: made.at } }, { id: { lt: made.id } }] }
  return (await database()).apiKey.findMany({
    where: { ...place, AND: [working(), behind ?? {}] },
    orderBy: newestFirst,
    take,
  })
}

/** When a key of a place was made; null where there is none. Prisma's cursor has all before it gone through. */
async function madeAt(place: Place, id: string | undefined) {
  if (id === undefined) return undefined
  const found = await (await database()).apiKey.findFirst({ where: { id, ...place }, select: { createdAt: true } })
  return found && { at: found.createdAt, id }
}

/** Keys of one environment that do not work any more: the newest of those revoked, and those that expired last. */
export async function listEnded(place: Place, take: number) {
  const db = await database()
  const expired = { revokedAt: null, expiresAt: { lte: new Date(clock.now()) } }
  const all = [
    ...(await db.apiKey.findMany({ where: { ...place, revokedAt: { not: null } }, orderBy: newestFirst, take })),
    ...(await db.apiKey.findMany({
      where: { ...place, ...expired },
      orderBy: [{ expiresAt: 'desc' }, ...newestFirst],
      take,
    })),
  ]
  return all.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime()).slice(0, take)
}

/** The keys of one environment with some ids. */
export async function listOf(place: Place, ids: readonly string[]) {
  const db = await database()
  // By the ids alone: with the place, too, SQLite may go through all of its keys.
  const found = await inChunks(ids, (some) => db.apiKey.findMany({ where: { id: { in: some } } }))
  return found.filter(({ tenantId, environment }) => tenantId === place.tenantId && environment === place.environment)
}

/** What keys with some ids are called, whichever of a tenant's environments they are in. */
export async function namesOf(tenantId: string, ids: readonly string[]) {
  const db = await database()
  const select = { id: true, name: true, hint: true, tenantId: true }
  const found = await inChunks(ids, (some) => db.apiKey.findMany({ where: { id: { in: some } }, select }))
  return found.filter((key) => key.tenantId === tenantId)
}

/** The keys of one environment that work, and of the others the `ended` newest; oldest first. */
export async function listWorking(place: Place, ended: number) {
  const db = await database()
  const [those, others] = await Promise.all([
    db.apiKey.findMany({ where: { ...place, ...working() }, orderBy: oldestFirst }),
    db.apiKey.findMany({ where: { ...place, NOT: working() }, orderBy: newestFirst, take: ended }),
  ])
  return [...others.reverse(), ...those]
}

/** The highest tier that a tenant's keys may have. */
export async function ceilingOf(tenantId: string): Promise<Tier> {
  const found = await (await database()).tenant.findUniqueOrThrow({
    where: { id: tenantId },
    select: { tierCeiling: true },
  })
  return found.tierCeiling as Tier
}

/** The keys that replace some of these, whatever their state, oldest first. */
export async function successorsOf(ids: string[]) {
  const db = await database()
  return inChunks(ids, (some) => db.apiKey.findMany({ where: { predecessorId: { in: some } }, orderBy: oldestFirst }))
}

// A text is looked for among so many of the newest keys: more than work at once, and few enough to read.
const searched = 2 * maxWorking

/** Keys of a place in whose name or hint a text stands, in either case of letters; the newest first, so many at most. */
export async function withText({ tenantId, environment }: Place, text: string, most: number) {
  // instr, and not LIKE: a % that somebody looks for is a %.
  return (await database()).$queryRaw<{ id: string; name: string; hint: string }[]>`
    SELECT "id", "name", "hint" FROM (
      SELECT "id", "name", "hint", "createdAt" FROM "ApiKey"
      WHERE "tenantId" = ${tenantId} AND "environment" = ${environment}
      ORDER BY "createdAt" DESC, "id" DESC LIMIT ${searched}
    ) AS "newest"
    WHERE instr(lower("name" || ' ' || "hint"), lower(${text})) > 0
    ORDER BY "createdAt" DESC, "id" DESC LIMIT ${most}`
}

function works({ revokedAt, expiresAt }: StoredKey): boolean {
  return !revokedAt && (!expiresAt || expiresAt.getTime() > clock.now())
}

function working() {
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(clock.now()) } }] }
}

function placeIn({ tenantId, environment }: NewKey) {
  return { tenantId, environment }
}

/** Makes a key, and notes which request made it: a request that was refused may come again. */
async function create(tx: Transaction, key: NewKey, once: Once | undefined): Promise<StoredKey> {
  const createdAt = new Date(clock.now())
  await noteOnce(tx, key, once, key.id)
  return tx.apiKey.create({ data: { ...key, createdAt } })
}

/** What an earlier request with the same Idempotency-Key made. */
async function madeBefore(tx: Transaction, place: Place, once: Once | undefined) {
  const id = await doneBefore(tx, place, once)
  return id === undefined
    ? undefined
    : { key: await tx.apiKey.findUniqueOrThrow({ where: { id } }), replayed: true as const }
}
