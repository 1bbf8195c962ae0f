import type { Place } from '../../caller.ts'
import { inChunks } from '../../db/chunks.ts'
import { database, type Transaction, transaction } from '../../db/database.ts'
import { writeIn } from '../../db/write-in.ts'
import { addIn, type MonthCount } from '../store.ts'

/** A request that happened elsewhere, as it is counted. */
export interface CountedEvent extends Place {
  id: string
  keyId: string
  operation: string
  outcome: string
  /** Hours since the epoch. */
  hour: number
  at: Date
}

/** Something else that happened elsewhere, with what it writes. */
export interface NotedEvent {
  id: string
  hour: number
  note: (tx: Transaction) => Promise<void>
}

export type TakenEvent = CountedEvent | NotedEvent

const take = `INSERT INTO "UsageEvent" ("id", "hour") VALUES (?, ?) ON CONFLICT DO NOTHING`

/**
 * Counts or notes those events that are not known yet, and knows them from then on, in one transaction: another process that is told
 * the same waits for it. No two may have one id. Resolves with those that were new.
 *
 * @param monthsOf what those of them that are counted add to the months of quotas
 * @param told what they are told as, in the same transaction
 */
export async function takeOnce(
  events: TakenEvent[],
  monthsOf: (counted: CountedEvent[]) => MonthCount[],
  told: (tx: Transaction, counted: CountedEvent[]) => Promise<void>,
): Promise<TakenEvent[]> {
  return transaction(async (tx) => {
    const taken = new Set<string>()
    // In one order, so that no two transactions wait for each other.
    for (const { id, hour } of events.toSorted((one, other) => (one.id < other.id ? -1 : 1)))
      if ((await writeIn(tx, [[take, id, hour]])) > 0) taken.add(id)
    const fresh = events.filter(({ id }) => taken.has(id))
    if (fresh.length === 0) return []
    const counted = fresh.flatMap((event) => ('note' in event ? [] : [event]))
    await addIn(
      tx,
      counted.map(({ id: _, at: __, ...event }) => ({ ...event, requests: 1, peakPerMinute: 0, peakConcurrent: 0 })),
      monthsOf(counted),
    )
    await told(tx, counted)
    for (const event of fresh) if ('note' in event) await event.note(tx)
    return fresh
  })
}

/** Forgets events of hours before one. */
export async function forget(before: number): Promise<void> {
  await (await database()).usageEvent.deleteMany({ where: { hour: { lt: before } } })
}

export type { MonthCount, Transaction }

/** Those of some tenants that are there, with the quota of each. */
export async function tenantsAmong(ids: string[]): Promise<Map<string, number | null>> {
  const db = await database()
  const found = await inChunks(ids, (some) =>
    db.tenant.findMany({ where: { id: { in: some } }, select: { id: true, monthlyQuota: true } }),
  )
  return new Map(found.map(({ id, monthlyQuota }) => [id, monthlyQuota]))
}
