import type { Place } from '../../caller.ts'
import { inChunks } from '../../db/chunks.ts'
import { database } from '../../db/database.ts'
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

/**
 * Counts those events that are not known yet, and knows them from then on, in one transaction: another process that is told
 * the same waits for it. No two may have one id. Resolves with how many were new.
 */
export async function countOnce(events: CountedEvent[]): Promise<number> {
  return (await database()).$transaction(async (tx) => {
    const known = await tx.usageEvent.findMany({
      where: { id: { in: events.map(({ id }) => id) } },
      select: { id: true },
    })
    const ids = new Set(known.map(({ id }) => id))
    const fresh = events.filter(({ id }) => !ids.has(id))
    if (fresh.length === 0) return 0
    await tx.usageEvent.createMany({ data: fresh.map(({ id, hour }) => ({ id, hour })) })
    await addIn(
      tx,
      fresh.map(({ id: _, ...event }) => ({ ...event, requests: 1, peakPerMinute: 0, peakConcurrent: 0 })),
    )
    return fresh.length
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
