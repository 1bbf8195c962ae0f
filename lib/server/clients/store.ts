import type { Environment } from '#lib/contract/environment.ts'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { database, type Prisma, type Transaction, transaction } from '../db/database.ts'
import { lockPlace } from '../db/lock-place.ts'
import { doneBefore, noteOnce, type Once } from '../once/once.ts'
import { clientsChanged } from './changes.ts'

export type { Transaction }

/** A client that is kept: lists as they are written down. */
export interface KeptClient {
  name: string
  redirectUris: string
  postLogoutRedirectUris: string | null
  scopes: string
  optionalScopes: string
  grants: string
  dpopRequired: boolean
  logoUrl: string | null
}

export interface NewClient extends KeptClient, Place {
  id: string
  type: 'public' | 'confidential'
}

export interface NewSecret {
  id: string
  hash: string
  hint: string
}

/** More clients in one environment nobody can look after. */
export const maxClients = 200

/** One that is used, and one to replace it. */
export const maxSecrets = 2

const oldestFirst = [{ createdAt: 'asc' as const }, { id: 'asc' as const }]
const withSecrets = {
  secrets: { select: { id: true, hint: true, createdAt: true }, orderBy: oldestFirst },
} satisfies Prisma.OAuthClientInclude

export type StoredClient = Awaited<ReturnType<typeof list>>[number]
export type StoredSecret = StoredClient['secrets'][number]

/** What goes with a change into its transaction: the audit log's event. */
export type Recorded = (tx: Transaction, after: StoredClient | null, before: StoredClient | null) => Promise<void>

/**
 * Keeps a new client, with a secret where it has one; `full` where the place has `maxClients`.
 *
 * @throws Problem idempotency_conflict
 */
export async function save(client: NewClient, secret: NewSecret | null, once: Once | undefined, recorded: Recorded) {
  return transaction(async (tx) => {
    const { tenantId, environment } = client
    await lockPlace(tx, client)
    const earlier = await doneBefore(tx, client, once)
    if (earlier) {
      // What it made may be deleted since.
      const found = await tx.oAuthClient.findUnique({ where: { id: earlier }, include: withSecrets })
      return { client: found, replayed: true }
    }
    if ((await tx.oAuthClient.count({ where: { tenantId, environment } })) >= maxClients) return 'full' as const
    const createdAt = new Date(clock.now())
    const made = await tx.oAuthClient.create({
      data: { ...client, createdAt, ...(secret ? { secrets: { create: [{ ...secret, createdAt }] } } : {}) },
      include: withSecrets,
    })
    await noteOnce(tx, client, once, client.id)
    await recorded(tx, made, null)
    return { client: made, replayed: false }
  })
}

/** Changes a client as `change` says of it as it is; null when there is none of that id in the place. */
export async function update(
  place: Place,
  id: string,
  change: (before: StoredClient) => Partial<KeptClient>,
  recorded: Recorded,
) {
  return changed(place, id, recorded, async (tx, before) => {
    await tx.oAuthClient.update({ where: { id }, data: change(before) })
  })
}

/** Deletes a client and its secrets; null when there is none of that id in the place. */
export async function remove(place: Place, id: string, recorded: Recorded) {
  return changed(place, id, recorded, async (tx) => {
    await tx.oAuthClient.delete({ where: { id } })
  })
}

/**
 * Gives a client a further secret, where `allowed` does not throw; null when there is none of that id in the place.
 *
 * @returns with `earlier`, the id of the secret that the same request made before
 * @throws Problem idempotency_conflict
 */
export async function saveSecret(
  place: Place,
  id: string,
  secret: NewSecret,
  allowed: (before: StoredClient) => void,
  once: Once | undefined,
  recorded: Recorded,
) {
  return changed(
    place,
    id,
    recorded,
    async (tx, before) => {
      allowed(before)
      await tx.oAuthClientSecret.create({ data: { ...secret, clientId: id, createdAt: new Date(clock.now()) } })
      await noteOnce(tx, place, once, secret.id)
    },
    once,
  )
}

/** Ends a secret, where `allowed` does not throw; null when there is no such client in the place. */
export async function removeSecret(
  place: Place,
  id: string,
  secretId: string,
  allowed: (before: StoredClient) => void,
  recorded: Recorded,
) {
  return changed(place, id, recorded, async (tx, before) => {
    allowed(before)
    await tx.oAuthClientSecret.delete({ where: { id: secretId, clientId: id } })
  })
}

/** The client before a change and after it; null when there is none of that id in the place. What was done before is not done again. */
async function changed(
  place: Place,
  id: string,
  recorded: Recorded,
  change: (tx: Transaction, before: StoredClient) => Promise<void>,
  once?: Once,
) {
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const read = () => tx.oAuthClient.findFirst({ where: { id, ...place }, include: withSecrets })
    const before = await read()
    if (!before) return null
    const earlier = await doneBefore(tx, place, once)
    if (earlier) return { before, after: before, earlier }
    await change(tx, before)
    const after = await read()
    await recorded(tx, after, before)
    return { before, after }
  }).finally(clientsChanged)
}

/** A client of a place, or null. */
export async function read(place: Place, id: string) {
  return (await database()).oAuthClient.findFirst({ where: { id, ...place }, include: withSecrets })
}

/** The place of a client. */
export async function placeOf(id: string): Promise<Place | null> {
  const found = await (await database()).oAuthClient.findUnique({ where: { id } })
  return found && { tenantId: found.tenantId, environment: found.environment as Environment }
}

/** The clients of one environment, oldest first, `take` of them, from behind the one with id `after`. */
export async function list(place: Place, take?: number, after?: string) {
  return (await database()).oAuthClient.findMany({
    where: { ...place },
    include: withSecrets,
    orderBy: oldestFirst,
    ...(take === undefined ? {} : { take }),
    ...(after ? { cursor: { id: after, ...place }, skip: 1 } : {}),
  })
}

/** How many clients a place has. */
export async function count({ tenantId, environment }: Place): Promise<number> {
  return (await database()).oAuthClient.count({ where: { tenantId, environment } })
}
