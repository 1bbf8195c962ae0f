import { later } from '../clock.ts'
import { database, type Transaction } from '../db/database.ts'

export type { Transaction }

/** An event as it waits to be reported. */
export interface StoredEvent {
  id: string
  event: string
}

/** An event that is not taken, and why. */
export interface RefusedEvent {
  id: string
  reason: string
}

export async function add(event: StoredEvent, tx?: Transaction): Promise<void> {
  await (tx ?? (await database())).usageEvent.create({ data: { ...event, createdAt: later() } })
}

/** Those that have waited longest. */
export async function oldest(most: number): Promise<StoredEvent[]> {
  const select = { id: true, event: true }
  const orderBy = [{ createdAt: 'asc' as const }, { id: 'asc' as const }]
  return (await database()).usageEvent.findMany({ where: { refusedAt: null }, select, orderBy, take: most })
}

/** Forgets those that were taken and sets those aside that were refused, together: these wait no more. */
export async function settle(taken: StoredEvent[], refused: RefusedEvent[]): Promise<void> {
  const refusedAt = later()
  await (await database()).$transaction(async (tx) => {
    await tx.usageEvent.deleteMany({ where: { id: { in: taken.map(({ id }) => id) } } })
    for (const { id, reason } of refused) {
      await tx.usageEvent.updateMany({ where: { id }, data: { refusedAt, refusedFor: reason } })
    }
  })
}

/** Forgets those that were set aside before a moment, and those that have waited since before it. How many that were. */
export async function removeOld(before: Date): Promise<number> {
  const old = [{ refusedAt: { lt: before } }, { refusedAt: null, createdAt: { lt: before } }]
  return (await (await database()).usageEvent.deleteMany({ where: { OR: old } })).count
}
