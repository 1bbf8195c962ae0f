import { clock, longOver } from '../clock.ts'
import { database, direct, stampOf, type Transaction, transaction } from '../db/database.ts'
import { lockClient } from '../db/lock-client.ts'
import { lockUser } from '../db/lock-user.ts'
import type { Write } from '../db/write-in.ts'

export type { Transaction, Write }

/** A record of the authorization server, as it is kept: names are HMACs, the payload is encrypted. */
export interface StoredRecord {
  id: string
  kind: string
  grantId: string | null
  alias: string | null
  userId: string | null
  clientId: string | null
  passkeyId: string | null
  payload: string
  expiresAt: Date | null
}

export interface FoundRecord {
  id: string
  payload: string
  grantId: string | null
  passkeyId: string | null
  consumedAt: string | null
}

const columns = '"id", "payload", "grantId", "passkeyId", "consumedAt"'
// Kept while its passkey was being deleted, a record is there, and worth nothing.
const good = `
  ("passkeyId" IS NULL OR EXISTS (SELECT 1 FROM "Passkey" WHERE "Passkey"."id" = "OAuthRecord"."passkeyId"))`
const byId = `SELECT ${columns} FROM "OAuthRecord" WHERE "id" = CAST(? AS TEXT) AND ${good}`
const byAlias = `SELECT ${columns} FROM "OAuthRecord" WHERE "alias" = CAST(? AS TEXT) AND ${good}`
const into = `
  INSERT INTO "OAuthRecord" ("id", "kind", "grantId", "alias", "userId", "clientId", "passkeyId", "payload", "expiresAt")`
const insert = `${into} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
const keep = `${insert}
  ON CONFLICT ("id") DO UPDATE SET "payload" = excluded."payload", "alias" = excluded."alias",
    "grantId" = excluded."grantId", "userId" = excluded."userId", "passkeyId" = excluded."passkeyId",
    "expiresAt" = excluded."expiresAt"`

const use = `UPDATE "OAuthRecord" SET "consumedAt" = ?, "successorId" = ? WHERE "id" = ? AND "consumedAt" IS NULL`
const keepSuccessor = `${into}
  SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM "OAuthRecord" WHERE "id" = ? AND "successorId" = ?)`

// In the background: so many rows hold up nobody.
const atOnce = 200

/** A record, expired or not; none of a passkey that is gone. */
export async function find(id: string): Promise<FoundRecord | undefined> {
  return (await direct()).first<FoundRecord>(byId, id)
}

/** The record of a further name. */
export async function findByAlias(alias: string): Promise<FoundRecord | undefined> {
  return (await direct()).first<FoundRecord>(byAlias, alias)
}

/** Keeps a record, in place of an earlier one of its id. */
export async function save(record: StoredRecord): Promise<void> {
  await (await direct()).write(() => [[keep, ...valuesOf(record)]])
}

/**
 * Keeps a record whose id was not there before, and in the same commit what tells of it; false where it was: the database
 * decides.
 */
export async function saveNew(record: StoredRecord, told: Write[] = []): Promise<boolean> {
  const first = [`${insert} ON CONFLICT DO NOTHING`, ...valuesOf(record)] as const
  return (await (await direct()).write(() => [{ first, next: () => told }])) > 0
}

/** Marks a record used; false where another request did, or it is gone. One statement: of many at once one gets true. */
export async function consume(id: string): Promise<boolean> {
  const sql = `UPDATE "OAuthRecord" SET "consumedAt" = ? WHERE "id" = ? AND "consumedAt" IS NULL`
  return (await (await direct()).write(() => [[sql, now(), id]])) > 0
}

/**
 * Marks a refresh token used and keeps its successor: both in one commit, or nothing where another request came first, or
 * the token is gone.
 */
export async function rotate(id: string, successor: StoredRecord): Promise<boolean> {
  const changed = await (await direct()).write(() => [
    [use, now(), successor.id, id],
    [keepSuccessor, ...valuesOf(successor), id, successor.id],
  ])
  return changed > 0
}

/** The refresh token that came after one, while it is kept. */
export async function findSuccessor(id: string): Promise<FoundRecord | undefined> {
  const sql = `SELECT ${columns} FROM "OAuthRecord" WHERE "id" =
    (SELECT "successorId" FROM "OAuthRecord" WHERE "id" = CAST(? AS TEXT))`
  return (await direct()).first<FoundRecord>(sql, id)
}

/** Deletes a record. */
export async function remove(id: string): Promise<void> {
  await (await direct()).write(() => [[`DELETE FROM "OAuthRecord" WHERE "id" = ?`, id]])
}

/** A grant: its record's id, and who gave it to whom. */
export interface StoredGrant {
  id: string
  clientId: string
  userId: string
  /** Null where the user is gone. */
  username: string | null
}

const goodGrants = `
  SELECT r."id", r."clientId", r."userId", u."username" FROM "OAuthRecord" r LEFT JOIN "User" u ON u."id" = r."userId"
  WHERE r."kind" = 'Grant' AND r."clientId" IS NOT NULL AND r."userId" IS NOT NULL AND r."expiresAt" > ?`

/** A grant that is good still, by its record's id. */
export async function findGrant(id: string): Promise<StoredGrant | undefined> {
  return (await direct()).first<StoredGrant>(`${goodGrants} AND r."id" = CAST(? AS TEXT)`, now(), id)
}

/** Deletes a grant and all that was given by it, and in the same commit keeps what tells of it, where there was a grant. */
export async function removeGrant(grantId: string, told: Write[]): Promise<void> {
  await (await direct()).write(() => [
    { first: [`DELETE FROM "OAuthRecord" WHERE "id" = ?`, grantId], next: () => told },
    [`DELETE FROM "OAuthRecord" WHERE "grantId" = ?`, grantId],
  ])
}

/** Grants of a client, a user or a passkey that are good still, in a transaction that is open. */
function grantsOf(tx: Transaction, where: Partial<Record<'clientId' | 'userId' | 'passkeyId', string>>) {
  const conditions = Object.keys(where).map((column) => ` AND r."${column}" = ?`)
  return tx.$queryRawUnsafe<StoredGrant[]>(`${goodGrants}${conditions.join('')}`, now(), ...Object.values(where))
}

/** What goes with the end of grants into its transaction. */
export type Ended = (tx: Transaction, grants: StoredGrant[]) => Promise<void>

/** Deletes what of one kind was given by a grant. */
export async function removeGiven(grantId: string, kind: string): Promise<void> {
  const sql = `DELETE FROM "OAuthRecord" WHERE "grantId" = ? AND "kind" = ?`
  await (await direct()).write(() => [[sql, grantId, kind]])
}

/** Deletes what has expired. */
export async function sweep(): Promise<void> {
  const db = await direct()
  const sql = `
    DELETE FROM "OAuthRecord" WHERE "id" IN
      (SELECT "id" FROM "OAuthRecord" WHERE "expiresAt" < ? LIMIT ${atOnce})`
  const before = stampOf(longOver())
  while ((await db.write(() => [[sql, before]])) === atOnce);
}

/** Scopes by the resource that they were allowed at; of who the user is, at none: the empty name. */
export type Consent = Record<string, string[]>

/** What a user allowed a client. */
export async function findConsent(userId: string, clientId: string): Promise<Consent> {
  const rows = await (await database()).oAuthConsent.findMany({ where: { userId, clientId } })
  return Object.fromEntries(rows.map(({ resource, scopes }) => [resource, scopes.split(' ')]))
}

/**
 * Adds to what a user allowed a client, with what tells of it in the same transaction. Of a client that was deleted meanwhile
 * nothing is kept.
 */
export async function addConsent(
  userId: string,
  clientId: string,
  consent: Consent,
  told: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const updatedAt = new Date(clock.now())
  await transaction(async (tx) => {
    await lockUser(tx, userId)
    if (!(await lockClient(tx, clientId))) return
    for (const [resource, allowed] of Object.entries(consent)) {
      const where = { userId_clientId_resource: { userId, clientId, resource } }
      const before = (await tx.oAuthConsent.findUnique({ where }))?.scopes.split(' ') ?? []
      const scopes = [...new Set([...before, ...allowed])].join(' ')
      const create = { userId, clientId, resource, scopes, createdAt: updatedAt, updatedAt }
      await tx.oAuthConsent.upsert({ where, create, update: { scopes, updatedAt } })
    }
    await told(tx)
  })
}

/** Notes when an app was used, unless it was noted since `known`. */
export async function noteUse(userId: string, clientId: string, at: Date, known: Date): Promise<void> {
  const sql = `
    UPDATE "OAuthConsent" SET "lastUsedAt" = ?
    WHERE "userId" = ? AND "clientId" = ? AND ("lastUsedAt" IS NULL OR "lastUsedAt" < ?)`
  await (await direct()).write(() => [[sql, stampOf(at), userId, clientId, stampOf(known)]])
}

/** All that a user allowed, the latest first. */
export async function listConsents(userId: string) {
  return (await database()).oAuthConsent.findMany({
    where: { userId },
    orderBy: [{ updatedAt: 'desc' }, { clientId: 'asc' }, { resource: 'asc' }],
  })
}

/** Deletes a consent and all that the client was given for the user; false where there was none. */
export async function removeConsent(userId: string, clientId: string, ended: Ended): Promise<boolean> {
  return transaction(async (tx) => {
    await lockUser(tx, userId)
    const grants = await grantsOf(tx, { userId, clientId })
    await tx.$executeRaw`
      DELETE FROM "OAuthRecord" WHERE "grantId" IN
        (SELECT "id" FROM "OAuthRecord" WHERE "kind" = 'Grant' AND "clientId" = ${clientId} AND "userId" = ${userId})`
    await tx.$executeRaw`
      DELETE FROM "OAuthRecord" WHERE "kind" = 'Grant' AND "clientId" = ${clientId} AND "userId" = ${userId}`
    const { count } = await tx.oAuthConsent.deleteMany({ where: { userId, clientId } })
    if (count > 0 || grants.length > 0) await ended(tx, grants)
    return count > 0
  })
}

/** Deletes all grants of a client, what they gave, and consents, in a transaction that is open: those that were good. */
export async function removeOfClient(tx: Transaction, clientId: string): Promise<StoredGrant[]> {
  const grants = await grantsOf(tx, { clientId })
  await tx.$executeRaw`
    DELETE FROM "OAuthRecord" WHERE "grantId" IN
      (SELECT "id" FROM "OAuthRecord" WHERE "kind" = 'Grant' AND "clientId" = ${clientId})`
  await tx.$executeRaw`DELETE FROM "OAuthRecord" WHERE "kind" = 'Grant' AND "clientId" = ${clientId}`
  await tx.oAuthConsent.deleteMany({ where: { clientId } })
  return grants
}

/**
 * Deletes the sessions and grants that a passkey signed in, interactions too, and all that the grants gave, in a
 * transaction that is open: how many sessions were good until then, and which grants.
 */
export async function removeOfPasskey(tx: Transaction, passkeyId: string) {
  const expiresAt = { gt: new Date(clock.now()) }
  const ended = {
    sessions: await tx.oAuthRecord.count({ where: { kind: 'Session', passkeyId, expiresAt } }),
    grants: await grantsOf(tx, { passkeyId }),
  }
  await tx.$executeRaw`
    DELETE FROM "OAuthRecord" WHERE "grantId" IN
      (SELECT "id" FROM "OAuthRecord" WHERE "kind" = 'Grant' AND "passkeyId" = ${passkeyId})`
  await tx.$executeRaw`DELETE FROM "OAuthRecord" WHERE "passkeyId" = ${passkeyId}`
  return ended
}

/** Deletes what a user allowed apps, in a transaction that is open. */
export async function removeConsentsOf(tx: Transaction, userId: string): Promise<void> {
  await tx.oAuthConsent.deleteMany({ where: { userId } })
}

function now(): string {
  return stampOf(new Date(clock.now()))
}

function valuesOf({ id, kind, grantId, alias, userId, clientId, passkeyId, payload, expiresAt }: StoredRecord) {
  return [id, kind, grantId, alias, userId, clientId, passkeyId, payload, expiresAt && stampOf(expiresAt)] as const
}
