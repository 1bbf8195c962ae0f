import { stringify } from 'csv-stringify/sync'
import type { z } from 'zod'
import type { AuditAction, AuditEvent, AuditList, auditQuery } from '#lib/contract/audit.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { redact } from '#lib/foundation/redact.ts'
import type { Actor, Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { sortedIdOf } from '../ids.ts'
import { invalid } from '../problem.ts'
import {
  append,
  appendAlone,
  countOfUser,
  type Filter,
  list,
  type NewEvent,
  type StoredEvent,
  signInsByPasskey,
  type Transaction,
  userIdsOf,
  type Write,
  writeOf,
} from './store.ts'

/** What happened to what. Values are as people should read them; a secret has no place here. */
export interface Change {
  tenantId: string
  environment?: Environment | null
  action: AuditAction
  target: { id: string; name: string }
  /** The user that it is about. Without: the one who does it, where that is a user. */
  user?: { id: string; username: string }
  before?: object | null
  after?: object | null
  /** When it happened, where that is not now. */
  at?: Date
}

export type { Write }

/** Writes a change down, in the transaction that makes it: one is not there without the other. */
export async function record(tx: Transaction, actor: Actor, change: Change): Promise<void> {
  await append(tx, eventOf(actor, change))
}

/** What writes an event down, for whoever writes past Prisma: it goes into the commit that makes it happen. */
export function writeToRecord(actor: Actor, change: Change): Write {
  return writeOf(eventOf(actor, change))
}

/** Writes down what changed nothing, and so goes into no transaction. */
export async function recordAlone(actor: Actor, event: Change): Promise<void> {
  await appendAlone(eventOf(actor, event))
}

function eventOf(actor: Actor, change: Change): NewEvent {
  const { tenantId, environment = null, action, target, before, after, at = new Date(clock.now()) } = change
  const user = change.user ?? (actor.type === 'user' ? { id: actor.id, username: actor.name } : undefined)
  return {
    at,
    tenantId,
    environment,
    action,
    actorType: actor.type,
    actorId: actor.id,
    actorName: redact(actor.name),
    address: actor.address,
    requestId: actor.requestId,
    targetId: target.id,
    targetName: redact(target.name),
    before: before ? redact(JSON.stringify(before)) : null,
    after: after ? redact(JSON.stringify(after)) : null,
    userId: user?.id ?? null,
    username: user ? redact(user.username) : null,
  }
}

/**
 * A tenant's events, newest first. A page that looked through many for few, or none, says where the next one goes on.
 *
 * @throws Problem invalid_request for a cursor that is none
 */
export async function listAudit(tenantId: string, query: z.output<typeof auditQuery>): Promise<AuditList> {
  const { limit, cursor, from, to, user, ...filter } = query
  const range = { from: from ? new Date(from) : undefined, to: to ? new Date(to) : undefined }
  const whose = user ? await whoseOf(tenantId, user, filter.environment) : {}
  return page(tenantId, { ...filter, ...range, ...whose }, limit, cursor)
}

/**
 * What is known of one user, newest first: what they did, and what was done for them or to them. Events from before users
 * were told in them are not among these.
 *
 * @param cursor `nextCursor` of the page before
 * @throws Problem invalid_request for a cursor that is none
 */
export function auditOfUser(
  tenantId: string,
  environment: Environment,
  userId: string,
  cursor?: string,
  limit = 50,
): Promise<AuditList> {
  return page(tenantId, { environment, userIds: [userId] }, limit, cursor)
}

/** How often a user signed in since a moment, and was refused, as far as that is written down; 10,001 for more of them. */
export async function signInsOfUser(place: Place, userId: string, since: Date) {
  const counts = await countOfUser(place, userId, since)
  return { good: counts['user.signed_in'] ?? 0, refused: counts['user.sign_in_refused'] ?? 0 }
}

/**
 * With which passkeys users of a place signed in, in a range, and how often: of the tenant's latest 5,000 events, so that a
 * long log holds nobody up; and how many events those were.
 */
export async function latestSignIns(
  place: Place,
  range: { from: Date; to: Date },
): Promise<{ signIns: Map<string, number>; passed: number }> {
  const { signIns, passed } = await signInsByPasskey(place, range)
  return { signIns: new Map(signIns), passed }
}

/** Of who goes by the name now, or has the id: an index leads there. Else of whoever went by that name. */
async function whoseOf(tenantId: string, user: string, environment: string | undefined) {
  const username = user.normalize('NFC')
  const userIds = await userIdsOf(tenantId, username, environment)
  if (userIds.length > 0) return { userIds }
  return /^usr_\w{14}$/.test(user) ? { userIds: [user] } : { username }
}

async function page(tenantId: string, filter: Filter, limit: number, cursor: string | undefined): Promise<AuditList> {
  const before = cursor === undefined ? undefined : sortedIdOf(cursor)
  if (cursor !== undefined && before === undefined) throw invalid('cursor', 'is not one that a page of this list gave')
  const { rows, next } = await list(tenantId, filter, limit, before)
  return { data: rows.map(viewOf), nextCursor: next }
}

type AuditFilter = Omit<z.output<typeof auditQuery>, 'limit' | 'cursor'>

/** All of a tenant's events that a filter lets through, newest first, page by page: a long log is never held at once. */
async function* pages(tenantId: string, filter: AuditFilter): AsyncGenerator<AuditEvent[]> {
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const page: AuditList = await listAudit(tenantId, { ...filter, limit: pageSize, cursor })
    yield page.data
    cursor = page.nextCursor
  }
}

/** Events as CSV (RFC 4180), a line for each; spreadsheets take no cell of it for a formula. */
export async function* auditCsv(tenantId: string, filter: AuditFilter): AsyncGenerator<string> {
  const lines = (rows: unknown[][]) => stringify(rows, { escape_formulas: true, record_delimiter: 'windows' })
  yield lines([columns.split(' ')])
  for await (const events of pages(tenantId, filter)) yield lines(events.map(cells))
}

/** Events as a JSON array. */
export async function* auditJson(tenantId: string, filter: AuditFilter): AsyncGenerator<string> {
  let separator = '[\n'
  for await (const events of pages(tenantId, filter)) {
    for (const event of events) {
      yield `${separator}${JSON.stringify(event)}`
      separator = ',\n'
    }
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

const pageSize = 200
const columns =
  'id at action environment actorType actorId actorName address requestId targetId targetName before after userId username'

function cells({ actor, target, user, before, after, ...event }: AuditEvent): unknown[] {
  return [
    ...[event.id, event.at, event.action, event.environment ?? '', actor.type, actor.id, actor.name],
    ...[event.address ?? '', event.requestId ?? '', target.id, target.name],
    ...[before ? JSON.stringify(before) : '', after ? JSON.stringify(after) : '', user?.id ?? '', user?.username ?? ''],
  ]
}

function viewOf(row: StoredEvent): AuditEvent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    environment: row.environment as Environment | null,
    action: row.action as AuditAction,
    actor: { type: row.actorType as Actor['type'], id: row.actorId, name: row.actorName },
    address: row.address,
    requestId: row.requestId,
    target: { id: row.targetId, name: row.targetName },
    user: row.userId === null ? null : { id: row.userId, username: row.username ?? row.userId },
    before: row.before === null ? null : JSON.parse(row.before),
    after: row.after === null ? null : JSON.parse(row.after),
  }
}
