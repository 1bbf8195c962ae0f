import type { TransactionType } from '#lib/contract/account.ts'
import type { Place } from '../../caller.ts'
import { database } from '../../db/database.ts'

export interface Filter {
  type?: TransactionType | undefined
  from?: Date | undefined
  to?: Date | undefined
}

export type StoredTransaction = Awaited<ReturnType<typeof list>>[number]

/** A place's transactions, newest first, `take` of them, older than the one of number `before`. */
export async function list(
  { tenantId, environment }: Place,
  { type, from, to }: Filter,
  take: number,
  before?: number,
) {
  return (await database()).ledgerTransaction.findMany({
    where: {
      tenantId,
      environment,
      ...(type ? { type } : {}),
      ...(before === undefined ? {} : { sequence: { lt: before } }),
      ...(from || to ? { at: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
    },
    orderBy: { sequence: 'desc' },
    take,
  })
}

/** What a place had at a moment: its last transaction before it, or null. */
export async function lastBefore({ tenantId, environment }: Place, moment: Date) {
  return (await database()).ledgerTransaction.findFirst({
    where: { tenantId, environment, at: { lt: moment } },
    orderBy: [{ at: 'desc' }, { sequence: 'desc' }],
    select: { available: true, reserved: true },
  })
}
