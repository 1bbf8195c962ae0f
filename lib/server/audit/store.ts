import type { AuditAction } from '#lib/contract/audit.ts'
import { database, Prisma, type Transaction } from '../db/database.ts'

export type { Transaction }

/** Adds an event, in the transaction of the change that it tells of. */
export async function append(tx: Transaction, event: Prisma.AuditEventUncheckedCreateInput): Promise<void> {
  await tx.auditEvent.create({ data: event })
}

export interface Filter {
  action?: AuditAction | undefined
  environment?: string | undefined
  from?: Date | undefined
  to?: Date | undefined
  q?: string | undefined
}

export interface StoredEvent {
  id: number
  at: Date
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
}

const searched = ['actorName', 'actorId', 'targetName', 'targetId', 'address', 'requestId'].map((column) =>
  Prisma.raw(`coalesce("${column}", '')`),
)

/** Events of a tenant, newest first, `take` of them, older than the one with id `before`. */
export async function list(tenantId: string, filter: Filter, take: number, before?: number): Promise<StoredEvent[]> {
  const { action, environment, from, to } = filter
  const text = filter.q?.trim()
  // instr, and not LIKE: a % that somebody looks for is a %.
  const conditions = [
    Prisma.sql`"tenantId" = ${tenantId}`,
    ...(before === undefined ? [] : [Prisma.sql`"id" < ${before}`]),
    ...(action ? [Prisma.sql`"action" = ${action}`] : []),
    ...(environment ? [Prisma.sql`"environment" = ${environment}`] : []),
    ...(from ? [Prisma.sql`"at" >= ${from}`] : []),
    ...(to ? [Prisma.sql`"at" < ${to}`] : []),
    ...(text ? [Prisma.sql`instr(lower(${Prisma.join(searched, " || ' ' || ")}), lower(${text})) > 0`] : []),
  ]
  const rows = await (await database()).$queryRaw<(Omit<StoredEvent, 'id'> & { id: bigint | number })[]>`
    SELECT * FROM "AuditEvent" WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY "id" DESC LIMIT ${take}`
  return rows.map((row) => ({ ...row, id: Number(row.id) }))
}
