import type { Place } from '../../caller.ts'
import { clock, later } from '../../clock.ts'
import { database, type Transaction, transaction } from '../../db/database.ts'
import { deleteInLots } from '../../db/delete-in-lots.ts'
import { lockPlace } from '../../db/lock-place.ts'
import { type NewKey, type Recorded, type StoredKey, saveWithin } from '../store.ts'

/** So many codes of a key are open at once, and so many are made within an hour: each can become a key that works. */
const mostOpen = 20
const mostInAnHour = 100
export const hourMilliseconds = 3_600_000

export interface NewHandOff extends Place {
  id: string
  hash: string
  keyId: string
  network: string
  username: string | null
  options: string | null
  createdAt: Date
  expiresAt: Date
}

export interface StoredHandOff extends NewHandOff {
  takenAt: Date | null
  replacedAt: Date | null
}

/**
 * Keeps a new one, and ends the one of the same key that it replaces, where that is open; when there is room again, where
 * its key has as many as it may have.
 */
export async function save(
  handOff: NewHandOff,
  replaces: string | undefined,
  recorded: (tx: Transaction, isReplaced: boolean) => Promise<void>,
): Promise<{ roomAt: Date } | undefined> {
  const { tenantId, environment, keyId, network } = handOff
  return transaction(async (tx) => {
    await lockPlace(tx, handOff)
    const recent = await tx.handOff.findMany({
      // What was made further ahead was made before the clock was set back.
      where: { keyId, network, createdAt: { gt: later(-hourMilliseconds), lte: later(60_000) } },
      select: { id: true, createdAt: true, expiresAt: true, takenAt: true, replacedAt: true },
      orderBy: { createdAt: 'asc' },
      take: mostInAnHour,
    })
    const isOpen = (each: (typeof recent)[number]) =>
      !each.takenAt && !each.replacedAt && each.expiresAt.getTime() > clock.now()
    const open = recent.filter((each) => isOpen(each) && each.id !== replaces)
    const [oldest] = recent
    const [first] = open
    if (oldest && recent.length >= mostInAnHour)
      return { roomAt: new Date(oldest.createdAt.getTime() + hourMilliseconds) }
    if (first && open.length >= mostOpen) return { roomAt: first.expiresAt }
    let isReplaced = false
    if (replaces !== undefined) {
      const before = { id: replaces, tenantId, environment, keyId, network, takenAt: null, replacedAt: null }
      const gone = { replacedAt: new Date(clock.now()), username: null, options: null }
      const { count } = await tx.handOff.updateMany({ where: before, data: gone })
      isReplaced = count > 0
    }
    await tx.handOff.create({ data: handOff })
    await recorded(tx, isReplaced)
    return undefined
  })
}

/** One of a place, with the key that it was made with. */
export async function read(place: Place, id: string) {
  const db = await database()
  const found = await db.handOff.findFirst({ where: { id, ...place } })
  return found && { handOff: found, maker: await db.apiKey.findUnique({ where: { id: found.keyId } }) }
}

/** What a code stands for, taken or not. */
export async function find(hash: string): Promise<StoredHandOff | null> {
  return (await (await database()).handOff.findUnique({ where: { hash } })) as StoredHandOff | null
}

/**
 * Takes one, and keeps the key that `keyOf` makes of it where that does not throw. Of several at once, one gets it; whoever
 * is refused has used nothing up.
 */
export async function take(
  { id, ...place }: StoredHandOff,
  keyOf: (handOff: StoredHandOff, maker: StoredKey) => NewKey,
  recorded: Recorded,
): Promise<{ handOff: StoredHandOff; key: StoredKey } | 'full' | 'gone'> {
  return transaction(async (tx) => {
    await lockPlace(tx, place)
    const handOff = (await tx.handOff.findUnique({ where: { id } })) as StoredHandOff | null
    const maker = handOff && (await tx.apiKey.findUnique({ where: { id: handOff.keyId } }))
    // Swept, or its tenant was deleted, since it was found.
    if (!maker) return 'gone'
    const kept = await saveWithin(tx, keyOf(handOff, maker), undefined, recorded)
    if (kept === 'full') return kept
    const takenAt = new Date(clock.now())
    await tx.handOff.update({ where: { id }, data: { takenAt, username: null, options: null } })
    return { handOff, key: kept.key }
  })
}

/** Deletes what was made before a moment. */
export async function removeOld(before: Date): Promise<void> {
  await deleteInLots({ table: 'HandOff', key: ['id'], column: 'createdAt' }, before)
}
