import type { Environment, Tier } from '#lib/contract/environment.ts'
import type { CallerTenant, Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { database, type Prisma, type Transaction } from '../db/database.ts'

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
  expiresAt: Date | null
}

export type StoredKey = Awaited<ReturnType<typeof list>>[number]

/** What goes with a change into its transaction: the audit log's event. */
export type Recorded = (tx: Transaction, after: StoredKey, before: StoredKey | null) => Promise<void>

/** A request that is carried out once: the key it came with, and what it asked for. */
export interface Once {
  key: string
  fingerprint: string
}

/** Keeps a new key. */
export async function save(key: NewKey, once: Once | undefined, recorded: Recorded) {
  return (await database()).$transaction(async (tx) => {
    const earlier = await madeBefore(tx, key, once)
    if (earlier) return earlier
    const made = await tx.apiKey.create({ data: key })
    await recorded(tx, made, null)
    return { key: made, replayed: false as const }
  })
}

/**
 * Keeps a key's successor and ends the key's own time at `until`, or earlier where it ended earlier. Null when the key
 * does not work any more.
 */
export async function rotate(successor: NewKey, until: Date, once: Once | undefined, recorded: Recorded) {
  return (await database()).$transaction(async (tx) => {
    const earlier = await madeBefore(tx, successor, once)
    if (earlier) return earlier
    const { tenantId, environment } = successor
    const before = await tx.apiKey.findFirst({
      where: { id: successor.predecessorId ?? '', tenantId, environment, ...working() },
    })
    if (!before) return null
    const expiresAt = before.expiresAt && before.expiresAt < until ? before.expiresAt : until
    await tx.apiKey.update({ where: { id: before.id }, data: { expiresAt } })
    const made = await tx.apiKey.create({ data: successor })
    await recorded(tx, made, before)
    return { key: made, replayed: false as const }
  })
}

/** Changes a key that still works; null when there is none of that id in the place. */
export async function update(
  place: Place,
  id: string,
  change: (before: StoredKey) => Prisma.ApiKeyUpdateInput,
  recorded: Recorded,
) {
  return (await database()).$transaction(async (tx) => {
    const before = await tx.apiKey.findFirst({ where: { id, ...place, ...working() } })
    if (!before) return null
    const after = await tx.apiKey.update({ where: { id }, data: change(before) })
    await recorded(tx, after, before)
    return after
  })
}

/** Marks a key revoked, once; null when there is none of that id in the place. */
export async function revoke(place: Place, id: string, recorded: Recorded) {
  return (await database()).$transaction(async (tx) => {
    const before = await tx.apiKey.findFirst({ where: { id, ...place } })
    if (!before || before.revokedAt) return before
    const after = await tx.apiKey.update({ where: { id }, data: { revokedAt: new Date(clock.now()) } })
    await recorded(tx, after, before)
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
  return (await database()).apiKey.findMany({
    where: { ...place },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    ...(take === undefined ? {} : { take }),
    ...(after ? { cursor: { id: after }, skip: 1 } : {}),
  })
}

/** The keys that replace some of these, whatever their state, oldest first. */
export async function successorsOf(ids: string[]) {
  return (await database()).apiKey.findMany({
    where: { predecessorId: { in: ids } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

/** A key with its tenant, as a request that presents it needs them. */
export interface PresentedKey {
  id: string
  environment: string
  name: string
  hash: string
  hint: string
  scopes: string
  tier: string
  demo: boolean
  allowedIps: string
  familyId: string
  expiresAt: Date | null
  revokedAt: Date | null
  tenant: CallerTenant
}

/** The key of an id with its tenant, whatever its state. One query: every request asks it. */
export async function find(id: string): Promise<PresentedKey | null> {
  const [row] = await (await database()).$queryRaw<Row[]>`
    SELECT k."id", k."environment", k."name", k."hash", k."hint", k."scopes", k."tier", k."demo", k."allowedIps",
           k."familyId", k."expiresAt", k."revokedAt", t."id" AS "tenantId", t."slug", t."name" AS "tenantName",
           t."rpId", t."rpName", t."origins", t."brandName", t."brandColor", t."logoUrl"
    FROM "ApiKey" k JOIN "Tenant" t ON t."id" = k."tenantId" WHERE k."id" = ${id}`
  if (!row) return null
  const { tenantId, slug, tenantName, rpId, rpName, origins, brandName, brandColor, logoUrl, ...key } = row
  return {
    ...key,
    tenant: { id: tenantId, slug, name: tenantName, rpId, rpName, origins, brandName, brandColor, logoUrl },
  }
}

type Row = Omit<PresentedKey, 'tenant'> & Omit<CallerTenant, 'id' | 'name'> & { tenantId: string; tenantName: string }

function working() {
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(clock.now()) } }] }
}

const onceMilliseconds = 24 * 3_600_000

/** What an earlier request with the same Idempotency-Key made; else notes this one. Both in the transaction that makes it. */
async function madeBefore(tx: Transaction, { tenantId, environment, id }: NewKey, once: Once | undefined) {
  if (!once) return undefined
  const name = { tenantId, environment, key: once.key }
  await tx.idempotentRequest.deleteMany({ where: { createdAt: { lte: new Date(clock.now() - onceMilliseconds) } } })
  const kept = await tx.idempotentRequest.findUnique({ where: { tenantId_environment_key: name } })
  if (!kept) {
    const createdAt = new Date(clock.now())
    await tx.idempotentRequest.create({ data: { ...name, fingerprint: once.fingerprint, resultId: id, createdAt } })
    return undefined
  }
  if (kept.fingerprint !== once.fingerprint) return 'conflict' as const
  return { key: await tx.apiKey.findUniqueOrThrow({ where: { id: kept.resultId } }), replayed: true as const }
}
