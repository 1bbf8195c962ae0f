import type { Environment } from '#lib/contract/environment.ts'
import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { commonTime } from '../../db/common-time.ts'
import { database, type Transaction } from '../../db/database.ts'

export type { Transaction }
export { commonTime }

export interface NewReservation extends Place {
  runId: string
  amount: number
  until: Date
}

export type StoredReservation = NonNullable<Awaited<ReturnType<typeof find>>>

/** Keeps that money is held for a run. */
export async function save(tx: Transaction, reservation: NewReservation): Promise<void> {
  const { tenantId, environment, runId, amount, until } = reservation
  await tx.reservation.create({
    data: { tenantId, environment, runId, amount, until, createdAt: new Date(clock.now()) },
  })
}

/** What is held for a run of a place, or was. */
export async function find(tx: Transaction, { tenantId, environment }: Place, runId: string) {
  return tx.reservation.findFirst({ where: { runId, tenantId, environment } })
}

/** Ends a reservation; false where it had ended. Of several at once, one ends it. */
export async function end(tx: Transaction, runId: string, state: 'settled' | 'released'): Promise<boolean> {
  const { count } = await tx.reservation.updateMany({ where: { runId, state: 'open' }, data: { state } })
  return count > 0
}

/** A place's open reservations whose time has passed, the oldest first, `take` of them. */
export async function overdue(tx: Transaction, { tenantId, environment }: Place, take: number) {
  const now = new Date(await commonTime(tx))
  return tx.reservation.findMany({
    where: { tenantId, environment, state: 'open', until: { lte: now } },
    orderBy: [{ until: 'asc' }, { runId: 'asc' }],
    take,
  })
}

/** Whether a place has one. */
export async function hasOverdue(place: Place): Promise<boolean> {
  return (await overdue(await database(), place, 1)).length > 0
}

/** The places that have one. */
export async function overduePlaces(): Promise<Place[]> {
  const rows = await (await database()).reservation.groupBy({
    by: ['tenantId', 'environment'],
    where: { state: 'open', until: { lte: new Date(await commonTime()) } },
  })
  return rows.map(({ tenantId, environment }) => ({ tenantId, environment: environment as Environment }))
}
