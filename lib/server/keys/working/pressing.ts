import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { lastUses } from '../../usage/sightings.ts'
import { type Ends, type WorkingKey, workingKeys } from './store.ts'

const dayMilliseconds = 24 * 3_600_000
/** A key that ends within this is told. */
const soonMilliseconds = 14 * dayMilliseconds
/** One that nobody used for so long, or never since it was made so long ago. */
const [silentMilliseconds, newMilliseconds] = [90 * dayMilliseconds, 14 * dayMilliseconds]
// So many are looked at in a turn.
const page = 100

/** Keys of a place that end soon, the first of them first; those whose replacement is used already are let go. */
export function endingKeys(place: Place, most: number) {
  const now = clock.now()
  const soon = { after: new Date(now), until: new Date(now + soonMilliseconds) }
  return pick(place, soon, most, ({ successorId, ...key }, uses) =>
    successorId !== null && uses.has(successorId) ? [] : [{ ...key, replaced: successorId !== null }],
  )
}

/**
 * Keys of a place that nobody needs, as far as their use tells, and that nobody is replacing: those that never end before
 * those that will, the oldest first. `since` is when one was last used.
 */
export async function unusedKeys(place: Place, most: number) {
  const now = clock.now()
  const unused = ({ successorId, ...key }: WorkingKey, uses: Map<string, Date>) => {
    const since = uses.get(key.id) ?? null
    const silent = since ? now - since.getTime() > silentMilliseconds : now - key.createdAt.getTime() > newMilliseconds
    return silent && successorId === null ? [{ ...key, since }] : []
  }
  const lasting = await pick(place, 'never', most, unused)
  const ending = { after: new Date(now + soonMilliseconds) }
  return [...lasting, ...(lasting.length < most ? await pick(place, ending, most - lasting.length, unused) : [])]
}

/** The first keys that are picked; looked at a page at a time, between which others have their turn. */
async function pick<Picked>(
  place: Place,
  ends: Ends,
  most: number,
  picked: (key: WorkingKey, uses: Map<string, Date>) => Picked[],
): Promise<Picked[]> {
  const found: Picked[] = []
  for (let behind: WorkingKey | undefined; ; await endOfTurn()) {
    const keys = await workingKeys(place, ends, page, behind)
    const uses = await lastUses(
      keys.flatMap(({ id, successorId }) => (successorId === null ? [id] : [id, successorId])),
    )
    found.push(...keys.flatMap((key) => picked(key, uses)))
    behind = keys.at(-1)
    if (found.length >= most || keys.length < page) return found.slice(0, most)
  }
}
