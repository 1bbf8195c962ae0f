import { stringify } from 'csv-stringify/sync'
import type { z } from 'zod'
import type { AuditAction, AuditEvent, AuditList, auditQuery } from '#lib/contract/audit.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { redact } from '#lib/foundation/redact.ts'
import type { Actor } from '../caller.ts'
import { clock } from '../clock.ts'
import { append, list, type Transaction } from './store.ts'

/** What happened to what. Values are as people should read them; a secret has no place here. */
export interface Change {
  tenantId: string
  environment?: Environment | null
  action: AuditAction
  target: { id: string; name: string }
  before?: object | null
  after?: object | null
  /** When it happened, where that is not now. */
  at?: Date
}

/** Writes a change down, in the transaction that makes it: one is not there without the other. */
export async function record(tx: Transaction, actor: Actor, change: Change): Promise<void> {
  const { tenantId, environment = null, action, target, before, after, at = new Date(clock.now()) } = change
  await append(tx, {
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
  })
}

/** A tenant's events, newest first. */
export async function listAudit(tenantId: string, query: z.output<typeof auditQuery>): Promise<AuditList> {
  const { limit, cursor, from, to, ...filter } = query
  const before = cursor === undefined ? undefined : Number.parseInt(cursor, 10) || 0
  const range = { from: from ? new Date(from) : undefined, to: to ? new Date(to) : undefined }
  const rows = await list(tenantId, { ...filter, ...range }, limit + 1, before)
  const data = rows.slice(0, limit).map(viewOf)
  return { data, nextCursor: rows.length > limit ? String(data.at(-1)?.id) : null }
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
  'id at action environment actorType actorId actorName address requestId targetId targetName before after'

function cells({ actor, target, before, after, ...event }: AuditEvent): unknown[] {
  return [
    ...[event.id, event.at, event.action, event.environment ?? '', actor.type, actor.id, actor.name],
    ...[event.address ?? '', event.requestId ?? '', target.id, target.name],
    ...[before ? JSON.stringify(before) : '', after ? JSON.stringify(after) : ''],
  ]
}

function viewOf(row: Awaited<ReturnType<typeof list>>[number]): AuditEvent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    environment: row.environment as Environment | null,
    action: row.action as AuditAction,
    actor: { type: row.actorType as Actor['type'], id: row.actorId, name: row.actorName },
    address: row.address,
    requestId: row.requestId,
    target: { id: row.targetId, name: row.targetName },
    before: row.before === null ? null : JSON.parse(row.before),
    after: row.after === null ? null : JSON.parse(row.after),
  }
}
