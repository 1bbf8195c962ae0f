import type { Place } from '../../caller.ts'
import { inChunks } from '../../db/chunks.ts'
import { database, type Transaction } from '../../db/database.ts'
import { addIn } from '../store.ts'

/** A request that happened elsewhere, as it is counted. */
export interface CountedEvent extends Place {
  id: string
  keyId: string
  operation: string
  outcome: string
  /** Hours since the epoch. */
  hour: number
}

/** Something else that happened elsewhere, with what it writes. */
export interface NotedEvent {
  id: string
  hour: number
  note: (tx: Transaction) => Promise<void>
}

export type TakenEvent = CountedEvent | NotedEvent

/**
 * Counts or notes those events that are not known yet, and knows them from then on, in one transaction: another process that is told
 * the same waits for it. No two may have one id. Resolves with those that were new.
 */
export async function takeOnce(events: TakenEvent[]): Promise<TakenEvent[]> {
  return (await database()).$transaction(async (tx) => {
    const known = await tx.usageEvent.findMany({
      where: { id: { in: events.map(({ id }) => id) } },
      select: { id: true },
    })
    const ids = new Set(known.map(({ id }) => id))
    const fresh = events.filter(({ id }) => !ids.has(id))
    if (fresh.length === 0) return []
    await tx.usageEvent.createMany({ data: fresh.map(({ id, hour }) => ({ id, hour })) })
    const counted = fresh.flatMap((event) => ('note' in event ? [] : [event]))
    await addIn(
      tx,
      counted.map(({ id: _, ...event }) => ({ ...event, requests: 1, peakPerMinute: 0, peakConcurrent: 0 })),
    )
    for (const event of fresh) if ('note' in event) await event.note(tx)
    return fresh
  })
}

/** Forgets events of hours before one. */
export async function forget(before: number): Promise<void> {
  await (await database()).usageEvent.deleteMany({ where: { hour: { lt: before } } })
}

/** Those of some tenants that are there. */
export async function tenantsAmong(ids: string[]): Promise<Set<string>> {
  const db = await database()
  const found = await inChunks(ids, (some) => db.tenant.findMany({ where: { id: { in: some } }, select: { id: true } }))
  return new Set(found.map(({ id }) => id))
}
