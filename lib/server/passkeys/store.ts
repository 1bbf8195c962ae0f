import type { Place } from '../caller.ts'
import { database, dateOf, direct, type Prisma, stampOf, type Transaction, transaction } from '../db/database.ts'
import { lockUser } from '../db/lock-user.ts'
import type { Write } from '../db/write-in.ts'
import { type StoredCeremony, writeToTake } from './ceremonies/store.ts'
import type { NewUser } from './users/store.ts'

/** What goes into the transaction that renames one: the audit log's event. */
export type Recorded = (tx: Transaction, after: StoredPasskey, before: StoredPasskey) => Promise<void>

export type { Transaction }
export type UserWithPasskeys = Prisma.UserGetPayload<{ include: { passkeys: true } }>
type Passkey = Prisma.PasskeyGetPayload<object>
export type StoredPasskey = Passkey & { user: NewUser }

// Values in a CAST: SQLite plans a join anew for every value that it can see, which costs more than the query.
const userWithPasskeys = `
  SELECT u."id", u."username", u."displayName", p."credentialId", p."transports"
  FROM "User" u LEFT JOIN "Passkey" p ON p."userId" = u."id"
  WHERE u."tenantId" = CAST(? AS TEXT) AND u."environment" = CAST(? AS TEXT) AND u."username" = CAST(? AS TEXT)
  ORDER BY p."createdAt", p."id"`

/** A user, and what names their passkeys, oldest first. Every ceremony asks it. */
export async function findUser({ tenantId, environment }: Place, username: string) {
  const rows = await (await direct()).all<UserRow>(userWithPasskeys, tenantId, environment, username)
  const [user] = rows
  if (!user) return null
  const { id, displayName } = user
  const passkeys = rows.flatMap(({ credentialId, transports }) =>
    credentialId === null ? [] : [{ credentialId, transports }],
  )
  return { id, username: user.username, displayName, passkeys }
}

type UserRow = NewUser & ({ credentialId: string; transports: string } | { credentialId: null; transports: null })

/** Whether a passkey is there still; what came from one asks it. */
export async function hasPasskey(id: string): Promise<boolean> {
  const sql = `SELECT "id" FROM "Passkey" WHERE "id" = CAST(? AS TEXT)`
  return (await (await direct()).first(sql, id)) !== undefined
}

const passkeyOfCredential = `
  SELECT p.*, u."username", u."displayName" FROM "Passkey" p JOIN "User" u ON u."id" = p."userId"
  WHERE p."tenantId" = CAST(? AS TEXT) AND p."environment" = CAST(? AS TEXT) AND p."credentialId" = CAST(? AS TEXT)`

/** The passkey of a credential ID, with its user. Every sign-in asks it. */
export async function findPasskey(
  { tenantId, environment }: Place,
  credentialId: string,
): Promise<StoredPasskey | null> {
  const row = await (await direct()).first<PasskeyRow>(passkeyOfCredential, tenantId, environment, credentialId)
  if (!row) return null
  const { username, displayName, ...passkey } = row
  return {
    ...passkey,
    publicKey: new Uint8Array(row.publicKey),
    signCount: BigInt(row.signCount),
    backupEligible: row.backupEligible === 1,
    backedUp: row.backedUp === 1,
    attestationTrusted: row.attestationTrusted === 1,
    createdAt: dateOf(row.createdAt),
    lastUsedAt: dateOf(row.lastUsedAt),
    user: { id: row.userId, username, displayName },
  }
}

/** As it is stored. */
type PasskeyRow = Omit<Passkey, 'signCount' | Flag | Moment> &
  Record<'signCount' | Flag, number> & { createdAt: string; lastUsedAt: string | null } & Omit<NewUser, 'id'>
type Flag = 'backupEligible' | 'backedUp' | 'attestationTrusted'
type Moment = 'createdAt' | 'lastUsedAt'

/** Where the passkey of a credential ID is that tells this user handle: of several, a user’s own, then the oldest. */
export async function placeOfPasskey(credentialId: string, userHandle: string): Promise<Place | null> {
  const { passkey } = await database()
  const select = { tenantId: true, environment: true }
  const userId = Buffer.from(userHandle, 'base64url').toString()
  const found =
    (await passkey.findFirst({ where: { userId, credentialId, userHandle: null }, select })) ??
    (await passkey.findFirst({
      where: { userHandle, credentialId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select,
    }))
  return found && { tenantId: found.tenantId, environment: found.environment as Place['environment'] }
}

/** Whose the passkeys of credential IDs are, and their transports; those that are registered, in no order. */
export async function findPasskeys(place: Place, credentialIds: string[]) {
  return (await database()).passkey.findMany({
    where: { ...place, credentialId: { in: credentialIds } },
    select: { credentialId: true, userId: true, transports: true },
  })
}

/** What a sign-in leaves of itself on its passkey. */
export interface PasskeyUse {
  signCount: bigint
  backedUp: boolean
  lastUsedAt: Date
}

const touch = `
  UPDATE "Passkey" SET "signCount" = ?, "backedUp" = CAST(? AS INTEGER) = 1, "lastUsedAt" = ?
  WHERE "id" = ? AND "tenantId" = ? AND "environment" = ? AND ("signCount" < ? OR ("signCount" = 0 AND CAST(? AS BIGINT) = 0))`

/**
 * Takes a ceremony, and notes that a passkey was used in it, in one commit. The counter is compared again where it is
 * written: of two assertions at once with the same counter, one is kept.
 *
 * @param noted what tells of it, in the same commit
 * @param counting what counts the request, likewise, where only one writes at a time
 * @returns why not, where nothing is noted: another one took the ceremony; or this one did, and the passkey is gone, or its
 *   counter has grown to `signCount` or beyond meanwhile
 */
export async function touchPasskey(
  ceremony: StoredCeremony,
  { tenantId, environment }: Place,
  id: string,
  { signCount, backedUp, lastUsedAt }: PasskeyUse,
  noted: readonly Write[],
  counting: () => readonly Write[] = () => [],
): Promise<'noted' | 'ceremony_gone' | 'overtaken'> {
  const count = Number(signCount)
  const used = [count, Number(backedUp), stampOf(lastUsedAt)] as const
  const db = await direct()
  const next = () => (db.exclusive ? [...noted, ...counting()] : noted)
  const touched: Write = { first: [touch, ...used, id, tenantId, environment, count, count], next }
  const changed = await db.write(() => [writeToTake(ceremony, () => [touched])])
  if (changed === 0) return 'ceremony_gone'
  return changed === 1 ? 'overtaken' : 'noted'
}

export interface PasskeyFilter {
  username?: string
  userId?: string
}

/** Passkeys in the order they were made, `take` of them, from behind the one with id `after`. */
export async function listPasskeys(place: Place, filter: PasskeyFilter, take: number, after?: string) {
  const db = await database()
  const { userId, username } = filter
  // Asked for by their user alone: the index of a place's order would have all others gone through.
  const named = { ...(userId ? { id: userId } : {}), ...(username ? { username } : {}) }
  const isOfOne = Object.keys(named).length > 0
  const user = isOfOne ? await db.user.findFirst({ where: { ...place, ...named }, select: { id: true } }) : null
  if (isOfOne && !user) return []
  const behind = after ? await behindPasskey(place, after) : {}
  if (!behind) return []
  return db.passkey.findMany({
    where: { ...(user ? { userId: user.id } : place), ...behind },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take,
    include: { user: true },
  })
}

/** Which passkeys stand behind one of a place; undefined where it is gone. Prisma's cursor has all before it gone through. */
async function behindPasskey(place: Place, id: string) {
  const db = await database()
  const found = await db.passkey.findFirst({ where: { id, ...place }, select: { createdAt: true } })
  if (!found) return undefined
  const { createdAt } = found
  return { createdAt: { gte: createdAt }, OR: [{ createdAt: { gt: createdAt } }, { id: { gt: id } }] }
}

/** The passkeys of some users that came last, `most` of each, newest first. */
export async function newestPasskeys(userIds: string[], most: number) {
  if (userIds.length === 0) return []
  const columns = '"userId", "id", "name", "aaguid", "backupEligible", "createdAt"'
  const sql = `
    SELECT ${columns} FROM (
      SELECT ${columns}, row_number() OVER (PARTITION BY "userId" ORDER BY "createdAt" DESC, "id" DESC) AS "at"
      FROM "Passkey" WHERE "userId" IN (${userIds.map(() => '?').join(', ')})
    ) AS "all" WHERE "at" <= ${most} ORDER BY "createdAt" DESC, "id" DESC`
  const rows = await (await direct()).all<NewestPasskey>(sql, ...userIds)
  return rows.map((row) => ({ ...row, backupEligible: Boolean(row.backupEligible) }))
}

interface NewestPasskey {
  userId: string
  id: string
  name: string
  aaguid: string
  backupEligible: number
}

/** Renames a passkey; undefined when there is none of that id here (and, with `userId`, of that user). */
export async function renamePasskey(
  place: Place,
  id: string,
  name: string,
  userId: string | undefined,
  recorded: Recorded,
) {
  return transaction(async (tx) => {
    const found = await find(tx, place, id, userId)
    if (!found) return undefined
    await lockUser(tx, found.userId)
    const before = await find(tx, place, id, userId)
    if (!before) return undefined
    const after = await tx.passkey.update({ where: { id }, data: { name }, include: { user: true } })
    await recorded(tx, after, before)
    return after
  })
}

/**
 * Deletes a passkey, and with the last one its user: a name that was given up never brings its id, the `sub` of tokens,
 * back. Resolves with whose it was, and whether they went, too. With `keepLast`, `last` where it is the only one. False when there is none of that id here (and, with `ofUser`, of
 * that user).
 *
 * @param within what goes with it into its transaction; it is told whether the user went, too
 */
export async function removePasskey(
  place: Place,
  id: string,
  ofUser: string | undefined,
  within: (tx: Transaction, passkey: StoredPasskey, userGone: boolean) => Promise<void>,
  keepLast = false,
) {
  return transaction(async (tx) => {
    const found = await find(tx, place, id, ofUser)
    if (!found) return false
    await lockUser(tx, found.userId)
    const before = await find(tx, place, id, ofUser)
    if (!before) return false
    if (keepLast && (await tx.passkey.count({ where: { userId: before.userId } })) === 1) return 'last' as const
    await tx.passkey.delete({ where: { id } })
    const { userId } = before
    const { count } = await tx.user.deleteMany({ where: { id: userId, passkeys: { none: {} } } })
    await within(tx, before, count > 0)
    return { userId, userGone: count > 0 }
  })
}

/**
 * Deletes a user of a place with all passkeys. False when there is none of that id here.
 *
 * @param within what goes with it into its transaction
 */
export async function removeUserOf(
  place: Place,
  id: string,
  within: (tx: Transaction, user: UserWithPasskeys) => Promise<void>,
): Promise<boolean> {
  return transaction(async (tx) => {
    await lockUser(tx, id)
    const user = await tx.user.findFirst({ where: { id, ...place }, include: { passkeys: true } })
    if (!user) return false
    await removeUser(tx, id)
    await within(tx, user)
    return true
  })
}

/** Deletes a user with all passkeys, in a transaction that is open; answers with the ids that those had. */
export async function removeUser(tx: Transaction, userId: string): Promise<string[]> {
  const passkeys = await tx.passkey.findMany({ where: { userId }, select: { id: true } })
  await tx.passkey.deleteMany({ where: { userId } })
  await tx.user.deleteMany({ where: { id: userId } })
  return passkeys.map(({ id }) => id)
}

/** How many passkeys a tenant's users have, in both environments. */
export async function countPasskeys(tenantId: string): Promise<number> {
  return (await database()).passkey.count({ where: { tenantId } })
}

function find(tx: Transaction, place: Place, id: string, userId: string | undefined) {
  return tx.passkey.findFirst({ where: { id, ...place, ...(userId ? { userId } : {}) }, include: { user: true } })
}
