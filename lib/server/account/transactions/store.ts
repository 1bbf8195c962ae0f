import type { TransactionType } from '#lib/contract/account.ts'
import type { Place } from '../../caller.ts'
import { database } from '../../db/database.ts'

export interface Filter {
  type?: TransactionType | undefined
  from?: Date | undefined
  to?: Date | undefined
}

export type StoredTransaction = Awaited<ReturnType<typeof list>>[number]

/**
 * A place's transactions, newest first, `take` of them, older than the one of number `before`. Moments are looked up as
 * numbers first: a page is read where it is, however long the history is around it.
 */
export async function list(place: Place, { type, from, to }: Filter, take: number, before = beyond) {
  const first = from ? await numberFrom(place, from) : 0
  const end = to ? await numberFrom(place, to) : beyond
  return (await database()).ledgerTransaction.findMany({
    where: {
      tenantId: place.tenantId,
      environment: place.environment,
      ...(type ? { type } : {}),
      sequence: { gte: first, lt: Math.min(before, end) },
    },
    orderBy: { sequence: 'desc' },
    take,
  })
}

/** More transactions than a place ever has. */
const beyond = Number.MAX_SAFE_INTEGER

/** The number of a place's first transaction from a moment on; later ones are never earlier. */
async function numberFrom({ tenantId, environment }: Place, moment: Date): Promise<number> {
  const found = await (await database()).ledgerTransaction.findFirst({
    where: { tenantId, environment, at: { gte: moment } },
    orderBy: [{ at: 'asc' }, { sequence: 'asc' }],
    select: { sequence: true },
  })
  return found ? Number(found.sequence) : beyond
}

/** What a place had at a moment: its last transaction before it, or null. */
export async function lastBefore({ tenantId, environment }: Place, moment: Date) {
  return (await database()).ledgerTransaction.findFirst({
    where: { tenantId, environment, at: { lt: moment } },
    orderBy: [{ at: 'desc' }, { sequence: 'desc' }],
    select: { available: true, reserved: true },
  })
}
