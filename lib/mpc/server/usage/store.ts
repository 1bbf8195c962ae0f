import { later } from '../clock.ts'
import { database, type Transaction, transaction } from '../db/database.ts'

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

/**
 * Keeps an event: in a transaction, or by itself. By themselves those go to the disk together that come while others are on
 * their way there, so that however many calls somebody makes they are not in the way of everybody else’s.
 */
export async function add(event: StoredEvent, tx?: Transaction): Promise<void> {
  const data = { ...event, createdAt: later() }
  if (tx) await tx.usageEvent.create({ data })
  else await addTogether(data)
}

type NewEvent = StoredEvent & { createdAt: Date }

const mostTogether = 500
let gathering: { events: NewEvent[]; written: Promise<void> } | undefined
let writing: Promise<unknown> = Promise.resolve()

function addTogether(event: NewEvent): Promise<void> {
  if (!gathering || gathering.events.length === mostTogether) {
    const events: NewEvent[] = []
    const batch = { events, written: writing.then(() => write(events)) }
    writing = batch.written.catch(() => undefined)
    gathering = batch
  }
  gathering.events.push(event)
  return gathering.written
}

async function write(events: NewEvent[]): Promise<void> {
  if (gathering?.events === events) gathering = undefined
  await (await database()).usageEvent.createMany({ data: events })
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
  await transaction(async (tx) => {
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
