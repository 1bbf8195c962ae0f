import type { AuditAction } from '#lib/contract/audit.ts'
import { database, type Prisma, type Transaction } from '../db/database.ts'

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

/** Events of a tenant, newest first, `take` of them, older than the one with id `before`. */
export async function list(tenantId: string, filter: Filter, take: number, before?: number) {
  const { action, environment, from, to, q } = filter
  const found = q === undefined ? [] : [q.trim()].filter(Boolean)
  return (await database()).auditEvent.findMany({
    where: {
      tenantId,
      ...(before === undefined ? {} : { id: { lt: before } }),
      ...(action ? { action } : {}),
      ...(environment ? { environment } : {}),
      ...(from || to ? { at: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
      ...(found[0]
        ? {
            OR: (['actorName', 'actorId', 'targetName', 'targetId', 'address', 'requestId'] as const).map((field) => ({
              [field]: { contains: found[0] as string },
            })),
          }
        : {}),
    },
    orderBy: { id: 'desc' },
    take,
  })
}
