import { setImmediate as endOfTurn } from 'node:timers/promises'
import { type AuditAction, type AuditKind, auditKinds } from '#lib/contract/audit.ts'
import type { Place } from '../caller.ts'
import { database, direct, Prisma, stampOf, type Transaction } from '../db/database.ts'
import type { Write } from '../db/write-in.ts'
import { newSortedId } from '../ids.ts'

export type { Transaction, Write }

export interface NewEvent {
  at: Date
  tenantId: string
  environment: string | null
  action: string
  actorType: string
  actorId: string
  actorName: string
  address: string | null
  requestId: string | null
  targetId: string
  targetName: string
  before: string | null
  after: string | null
  userId: string | null
  username: string | null
}

export interface StoredEvent extends NewEvent {
  id: string
}

export interface Filter {
  action?: AuditAction | undefined
  kind?: AuditKind | undefined
  environment?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
  q?: string | undefined
  userIds?: string[] | undefined
  username?: string | undefined
}

/** Adds an event, in the transaction of the change that it tells of. */
export async function append(tx: Transaction, event: NewEvent): Promise<void> {
  await tx.auditEvent.create({ data: { ...event, id: newSortedId() } })
}

const insert = `
  INSERT INTO "AuditEvent" ("id", "at", "tenantId", "environment", "action", "actorType", "actorId", "actorName", "address",
    "requestId", "targetId", "targetName", "before", "after", "userId", "username")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** What adds an event, for whoever writes past Prisma. */
export function writeOf(event: NewEvent): Write {
  return [
    insert,
    ...[newSortedId(), stampOf(event.at), event.tenantId, event.environment, event.action],
    ...[event.actorType, event.actorId, event.actorName, event.address, event.requestId],
    ...[event.targetId, event.targetName, event.before, event.after, event.userId, event.username],
  ]
}

/** Adds an event that no change goes with. */
export async function appendAlone(event: NewEvent): Promise<void> {
  await (await direct()).write(() => [writeOf(event)])
}

/** The ids of who goes by a username: one in each environment at most. */
export async function userIdsOf(tenantId: string, username: string, environment?: string): Promise<string[]> {
  const environments = environment ? [environment] : ['test', 'live']
  const where = { tenantId, environment: { in: environments }, username }
  return (await (await database()).user.findMany({ where, select: { id: true } })).map(({ id }) => id)
}

const mostOfUser = 10_001

/** How many of a user's events there are since a moment, by action: among those that came last, 10,001 of them. */
export async function countOfUser(
  { tenantId, environment }: Place,
  userId: string,
  since: Date,
): Promise<Record<string, number>> {
  const sql = `
    SELECT "action", count(*) AS "events" FROM (
      SELECT "action", "at", "environment" FROM "AuditEvent" WHERE "tenantId" = ? AND "userId" = ?
      ORDER BY "id" DESC LIMIT ${mostOfUser}
    ) AS "last" WHERE "at" >= ? AND "environment" = ? GROUP BY "action"`
  const values = [tenantId, userId, stampOf(since), environment]
  const rows = await (await direct()).all<{ action: string; events: number }>(sql, ...values)
  return Object.fromEntries(rows.map(({ action, events }) => [action, events]))
}

// So many of the tenant's latest events are looked at.
const lookedAt = 5_000

/**
 * With which passkeys users of a place signed in, in a range, and how often, among the latest events of the tenant; and how many
 * events were looked at.
 */
export async function signInsByPasskey({ tenantId, environment }: Place, { from, to }: { from: Date; to: Date }) {
  const sql = `
    WITH "last" AS (
      SELECT "targetId", "action", "environment", "at" FROM "AuditEvent" WHERE "tenantId" = ?
      ORDER BY "id" DESC LIMIT ${lookedAt})
    SELECT NULL AS "passkeyId", count(*) AS "events" FROM "last"
    UNION ALL
    SELECT "targetId", count(*) FROM "last"
    WHERE "action" = 'user.signed_in' AND "environment" = ? AND "at" >= ? AND "at" < ? AND "targetId" IS NOT NULL
    GROUP BY "targetId"`
  const db = await direct()
  const values = [tenantId, environment, stampOf(from), stampOf(to)]
  const rows = await db.all<{ passkeyId: string | null; events: number }>(sql, ...values)
  const signIns = rows.flatMap(({ passkeyId, events }) => (passkeyId === null ? [] : [[passkeyId, events] as const]))
  return { signIns, passed: rows.find(({ passkeyId }) => passkeyId === null)?.events ?? 0 }
}

// A step takes a few milliseconds, and what else waits comes between two of them. The first one is short: mostly it has a page.
const firstEvents = 200
const stepEvents = 2_000
const mostSteps = 25

/**
 * Events of a tenant, newest first, `take` of them at most, older than the one with id `before`; and the `before` of those
 * behind them, null at the end. After nearly 50,000 that were looked through it answers with what it has found.
 */
export async function list(
  tenantId: string,
  filter: Filter,
  take: number,
  before?: string,
): Promise<{ rows: StoredEvent[]; next: string | null }> {
  const { led, looked } = conditionsOf(tenantId, filter)
  const rows: StoredEvent[] = []
  let upTo = before
  for (let step = 0; step < mostSteps; step++) {
    if (step > 0) await endOfTurn()
    const among = [...led, ...(upTo === undefined ? [] : [Prisma.sql`"id" < ${upTo}`])]
    const last = looked.length === 0 ? undefined : await lastOf(among, step === 0 ? firstEvents : stepEvents)
    const found = await rowsOf(
      [...among, ...(last === undefined ? [] : [Prisma.sql`"id" >= ${last}`]), ...looked],
      take - rows.length + 1,
    )
    rows.push(...found)
    if (rows.length > take) return { rows: rows.slice(0, take), next: rows[take - 1]?.id ?? null }
    if (last === undefined) return { rows, next: null }
    upTo = last
  }
  return { rows, next: upTo ?? null }
}

/** The id of the last event of a step; undefined where there are fewer. */
async function lastOf(among: Prisma.Sql[], events: number): Promise<string | undefined> {
  const [row] = await (await database()).$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "AuditEvent" WHERE ${Prisma.join(among, ' AND ')}
    ORDER BY "id" DESC LIMIT 1 OFFSET ${events - 1}`
  return row?.id
}

async function rowsOf(conditions: Prisma.Sql[], take: number): Promise<StoredEvent[]> {
  return (await database()).$queryRaw<StoredEvent[]>`
    SELECT * FROM "AuditEvent" WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY "id" DESC LIMIT ${take}`
}

// Names are looked through; what is an id begins with what is looked for, since random letters hold any two of them.
const names = ['actorName', 'targetName', 'username']
const ids = ['actorId', 'targetId', 'userId', 'address', 'requestId']

/** Whether an event has a text. instr, and not LIKE: a % that somebody looks for is a %. */
function holds(text: string): Prisma.Sql {
  const all = Prisma.raw(names.map((name) => `coalesce("${name}", '')`).join(" || ' ' || "))
  const begins = ids.map((id) => Prisma.sql`instr(lower(${Prisma.raw(`coalesce("${id}", '')`)}), lower(${text})) = 1`)
  return Prisma.sql`(instr(lower(${all}), lower(${text})) > 0 OR ${Prisma.join(begins, ' OR ')})`
}

// As the index has it, to the letter.
const butSignIns = Prisma.sql`"action" <> 'user.signed_in' AND "action" <> 'user.sign_in_refused'`
const signIns: readonly string[] = ['user.signed_in', 'user.sign_in_refused']

/** What a filter asks of an event: what an index leads to, and what is looked at in each of those. */
function conditionsOf(tenantId: string, filter: Filter): { led: Prisma.Sql[]; looked: Prisma.Sql[] } {
  const { action, kind, environment, from, to, userIds, username } = filter
  const text = filter.q?.trim().normalize('NFC')
  const noSignIn = (action !== undefined && !signIns.includes(action)) || (kind !== undefined && kind !== 'sign-ins')
  return {
    led: [
      Prisma.sql`"tenantId" = ${tenantId}`,
      ...(userIds ? [Prisma.sql`"userId" IN (${Prisma.join(userIds)})`] : noSignIn ? [butSignIns] : []),
    ],
    looked: [
      ...(action ? [Prisma.sql`"action" = ${action}`] : []),
      ...(kind ? [ofKind(kind)] : []),
      ...(environment ? [Prisma.sql`"environment" = ${environment}`] : []),
      ...(from ? [Prisma.sql`"at" >= ${from}`] : []),
      ...(to ? [Prisma.sql`"at" < ${to}`] : []),
      ...(username ? [Prisma.sql`"username" = ${username}`] : []),
      ...(text ? [holds(text)] : []),
    ],
  }
}

function ofKind(kind: NonNullable<Filter['kind']>): Prisma.Sql {
  if (kind !== 'changes') return Prisma.sql`"action" IN (${Prisma.join([...auditKinds[kind]])})`
  return Prisma.sql`"action" NOT IN (${Prisma.join(Object.values(auditKinds).flat())})`
}
