import { setImmediate as endOfTurn } from 'node:timers/promises'
import { prefixEnd } from '#lib/foundation/prefix-end.ts'
import type { Place } from '../../caller.ts'
import { inChunks } from '../../db/chunks.ts'
import { database, dateOf, direct, stampOf } from '../../db/database.ts'

export interface NewUser {
  id: string
  username: string
  displayName: string
}

/** A user of a place; every token that acts for one asks it. */
export async function findUserById({ tenantId, environment }: Place, id: string) {
  const sql = `
    SELECT "id", "username", "displayName" FROM "User"
    WHERE "id" = CAST(? AS TEXT) AND "tenantId" = ? AND "environment" = ?`
  return (await (await direct()).first<NewUser>(sql, id, tenantId, environment)) ?? null
}

/** A user of a place, by the whole of their name. */
export async function findUserByName({ tenantId, environment }: Place, username: string) {
  const sql = `
    SELECT "id", "username", "displayName" FROM "User"
    WHERE "tenantId" = ? AND "environment" = ? AND "username" = CAST(? AS TEXT)`
  return (await (await direct()).first<NewUser>(sql, tenantId, environment, username)) ?? null
}

/** Where a user belongs. */
export async function placeOfUser(id: string): Promise<Place | null> {
  const user = await (await database()).user.findUnique({ where: { id } })
  return user && { tenantId: user.tenantId, environment: user.environment as Place['environment'] }
}

export async function usernamesOf({ tenantId, environment }: Place, ids: string[]): Promise<Map<string, string>> {
  const db = await database()
  const found = await inChunks(ids, (some) =>
    // By the ids alone: with the place, too, SQLite may go through all of its users.
    db.user.findMany({
      where: { id: { in: some } },
      select: { id: true, username: true, tenantId: true, environment: true },
    }),
  )
  const here = found.filter((one) => one.tenantId === tenantId && one.environment === environment)
  return new Map(here.map(({ id, username }) => [id, username]))
}

// A part of a name is looked for among so many of the newest: few enough to read.
const searched = 2_000

/**
 * The ids of users of a place whose username begins with one of some texts, and of the newest of them in whose username the first
 * one stands, in either case of letters; so many at most.
 */
export async function usersNamed({ tenantId, environment }: Place, texts: string[], most: number): Promise<string[]> {
  const db = await direct()
  // What somebody looks for is text: a % in it is a %.
  const pattern = `%${texts[0]?.replace(/[\\%_]/g, '\\$&')}%`
  const among = `
    SELECT "id", "username" FROM "User" WHERE "tenantId" = ? AND "environment" = ?
    ORDER BY "createdAt" DESC, "id" DESC LIMIT ${searched}`
  const found = await db.all<{ id: string }>(
    `SELECT "id" FROM (${among}) AS "newest" WHERE lower("username") LIKE lower(?) ESCAPE '\\' ORDER BY "username" LIMIT ?`,
    ...[tenantId, environment, pattern, most],
  )
  for (const { conditions, values } of texts.map(namedBy)) {
    const sql = `
      SELECT "id" FROM "User" WHERE "tenantId" = ? AND "environment" = ? AND ${conditions.join(' AND ')}
      ORDER BY "username" LIMIT ?`
    found.push(...(await db.all<{ id: string }>(sql, tenantId, environment, ...values, most)))
  }
  return [...new Set(found.map(({ id }) => id))].slice(0, most)
}

/** A user, and what their passkeys say of them. */
export interface ListedUser extends NewUser {
  createdAt: Date
  lastUsedAt: Date | null
  passkeyCount: number
}

/** Where a page begins: behind a name, or behind the moment at which somebody came. */
export type Behind = { username: string } | { createdAt: Date; id: string }

const listed = `
  SELECT "id", "username", "displayName", "createdAt",
    (SELECT max("lastUsedAt") FROM "Passkey" WHERE "userId" = "User"."id") AS "lastUsedAt",
    (SELECT count(*) FROM "Passkey" WHERE "userId" = "User"."id") AS "passkeyCount"
  FROM "User"`

/**
 * Users of a place, `take` of them: newest first, or by name those whose username has a beginning. Each order is an index's,
 * and a page begins inside of it.
 */
export async function listUsers(
  { tenantId, environment }: Place,
  { beginning, after }: { beginning?: string | undefined; after?: Behind | undefined },
  take: number,
): Promise<ListedUser[]> {
  const named = beginning === undefined ? undefined : namedBy(beginning)
  const conditions = ['"tenantId" = ?', '"environment" = ?', ...(named?.conditions ?? [])]
  const values = [tenantId, environment, ...(named?.values ?? [])]
  if (after && 'username' in after) {
    conditions.push('"username" > ?')
    values.push(after.username)
  } else if (after) {
    conditions.push('("createdAt", "id") < (?, ?)')
    values.push(stampOf(after.createdAt), after.id)
  }
  const order = named ? '"username"' : '"createdAt" DESC, "id" DESC'
  const sql = `${listed} WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${take}`
  return (await (await direct()).all<Row>(sql, ...values)).map(ofRow)
}

// So many are counted in a turn.
const inATurn = 10_000

/**
 * How many users of a place there are, or how many have a beginning of their username; no more than `most` are counted. Some
 * at a time, so that what else waits comes between.
 */
export async function countUsers(
  { tenantId, environment }: Place,
  beginning: string | undefined,
  most: number,
): Promise<number> {
  const db = await direct()
  const named = beginning === undefined ? undefined : namedBy(beginning)
  const ofPlace = ['"tenantId" = ?', '"environment" = ?', ...(named?.conditions ?? [])].join(' AND ')
  let behind: string | undefined
  for (let counted = 0; ; counted += inATurn) {
    const where = `"User" WHERE ${ofPlace}${behind === undefined ? '' : ' AND "username" > ?'}`
    const values = [tenantId, environment, ...(named?.values ?? []), ...(behind === undefined ? [] : [behind])]
    const left = Math.min(inATurn, most - counted)
    const last = await db.first<{ username: string }>(
      `SELECT "username" FROM ${where} ORDER BY "username" LIMIT 1 OFFSET ${left - 1}`,
      ...values,
    )
    if (last && counted + left === most) return most
    if (!last) {
      const rest = await db.first<{ users: number }>(`SELECT count(*) AS "users" FROM ${where}`, ...values)
      return counted + (rest?.users ?? 0)
    }
    behind = last.username
    await endOfTurn()
  }
}

/** A user of a place, as lists have them. */
export async function readUser({ tenantId, environment }: Place, id: string): Promise<ListedUser | null> {
  const sql = `${listed} WHERE "id" = CAST(? AS TEXT) AND "tenantId" = ? AND "environment" = ?`
  const found = await (await direct()).first<Row>(sql, id, tenantId, environment)
  return found ? ofRow(found) : null
}

type Row = NewUser & { createdAt: string; lastUsedAt: string | null; passkeyCount: number }

function ofRow({ createdAt, lastUsedAt, ...row }: Row): ListedUser {
  return { ...row, createdAt: dateOf(createdAt), lastUsedAt: dateOf(lastUsedAt) }
}

function namedBy(beginning: string) {
  const end = prefixEnd(beginning)
  return {
    conditions: ['"username" >= ?', ...(end === null ? [] : ['"username" < ?'])],
    values: [beginning, ...(end === null ? [] : [end])],
  }
}
