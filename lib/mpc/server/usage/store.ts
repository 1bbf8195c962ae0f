import { database, type Transaction } from '../db/database.ts'

export type { Transaction }

/** An event as it waits to be reported. */
export interface StoredEvent {
  id: string
  event: string
}

export async function add(event: StoredEvent, tx?: Transaction): Promise<void> {
  await (tx ?? (await database())).usageEvent.create({ data: { ...event, createdAt: new Date() } })
}

/** Those that have waited longest. */
export async function oldest(most: number): Promise<StoredEvent[]> {
  const select = { id: true, event: true }
  const orderBy = [{ createdAt: 'asc' as const }, { id: 'asc' as const }]
  return (await database()).usageEvent.findMany({ select, orderBy, take: most })
}

export async function remove(ids: string[]): Promise<void> {
  await (await database()).usageEvent.deleteMany({ where: { id: { in: ids } } })
}

/** How many wait. */
export async function pending(): Promise<number> {
  return (await database()).usageEvent.count()
}
