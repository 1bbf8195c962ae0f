import type { TopUpStatus } from '#lib/contract/account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { Place } from '../../caller.ts'
import { atOneMoment, database } from '../../db/database.ts'

/** A top-up or a reservation, and the types of the ledger's transactions that are of it. */
export interface Source extends Place {
  id: string
  state: string
  amount: number
  transactions: { type: string; amount: number; tenantId: string; environment: string }[]
}

export type CheckedTransaction = Awaited<ReturnType<typeof transactionsAfter>>[number]

/** Every account there is, with what it is and what its open reservations hold at that moment; a page at a time. */
export async function* accounts() {
  const db = await database()
  const order = [{ tenantId: 'asc' as const }, { environment: 'asc' as const }]
  const first = () => db.account.findFirst({ orderBy: order })
  const next = (after: Place) =>
    db.account.findFirst({
      where: {
        OR: [
          { tenantId: { gt: after.tenantId } },
          { tenantId: after.tenantId, environment: { gt: after.environment } },
        ],
      },
      orderBy: order,
    })
  for (let at = await first(); at; at = await next(placeOf(at))) yield await snapshot(placeOf(at))
}

/** Every top-up, with its transactions as they are in the same moment. */
export async function* topUps(): AsyncGenerator<Source> {
  for (let after = ''; ; ) {
    const page = await atOneMoment(async (tx) => {
      const found = await tx.topUp.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: pageSize })
      const of = found.map((row) => ({ ...row, state: row.status as TopUpStatus }))
      return withTransactions(of, await tx.ledgerTransaction.findMany(bySource(of)))
    })
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? ''
  }
}

/** Every reservation, likewise. */
export async function* reservations(): AsyncGenerator<Source> {
  for (let after = ''; ; ) {
    const page = await atOneMoment(async (tx) => {
      const found = await tx.reservation.findMany({
        where: { runId: { gt: after } },
        orderBy: { runId: 'asc' },
        take: pageSize,
      })
      const of = found.map((row) => ({ ...row, id: row.runId }))
      return withTransactions(of, await tx.ledgerTransaction.findMany(bySource(of)))
    })
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? ''
  }
}

/** A place's transactions in their order with their entries, from behind one up to another; a page of them. */
export async function transactionsAfter({ tenantId, environment }: Place, after: number, last: number) {
  return (await database()).ledgerTransaction.findMany({
    where: { tenantId, environment, sequence: { gt: after, lte: last } },
    orderBy: { sequence: 'asc' },
    include: { entries: true },
    take: pageSize,
  })
}

/** Those of some ids that name a top-up or a reservation. */
export async function knownSources(ids: string[]): Promise<Set<string>> {
  const db = await database()
  const [ofTopUps, ofRuns] = await Promise.all([
    db.topUp.findMany({ where: { id: { in: ids } }, select: { id: true } }),
    db.reservation.findMany({ where: { runId: { in: ids } }, select: { runId: true } }),
  ])
  return new Set([...ofTopUps.map(({ id }) => id), ...ofRuns.map(({ runId }) => runId)])
}

const pageSize = 200

async function snapshot({ tenantId, environment }: Place) {
  return atOneMoment(async (tx) => {
    const place = { tenantId, environment }
    const account = await tx.account.findUniqueOrThrow({ where: { tenantId_environment: place } })
    const { _sum } = await tx.reservation.aggregate({ where: { ...place, state: 'open' }, _sum: { amount: true } })
    return { ...account, ...place, held: _sum.amount ?? 0 }
  })
}

function placeOf({ tenantId, environment }: { tenantId: string; environment: string }): Place {
  return { tenantId, environment: environment as Environment }
}

function bySource(of: { id: string }[]) {
  return { where: { sourceId: { in: of.map(({ id }) => id) } } }
}

function withTransactions(
  of: { id: string; tenantId: string; environment: string; state: string; amount: number }[],
  transactions: (Source['transactions'][number] & { sourceId: string })[],
): Source[] {
  return of.map((row) => ({
    ...row,
    ...placeOf(row),
    transactions: transactions.filter(({ sourceId }) => sourceId === row.id),
  }))
}
