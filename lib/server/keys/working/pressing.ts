import { setImmediate as endOfTurn } from 'node:timers/promises'
import type { Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { keepAnswers } from '../../kept-answers.ts'
import { lastUses } from '../../usage/sightings.ts'
import { maxWorking } from '../store.ts'
import { type Ends, type WorkingKey, workingKeys } from './store.ts'

const dayMilliseconds = 24 * 3_600_000
/** A key that ends within this is told. */
const soonMilliseconds = 14 * dayMilliseconds
/** One that nobody used for so long, or never since it was made so long ago. */
const [silentMilliseconds, newMilliseconds] = [90 * dayMilliseconds, 14 * dayMilliseconds]
// So many are looked at in a turn, and so many at all: more work at once nowhere but where they were brought in from elsewhere.
const [page, lookedAt] = [100, maxWorking]

const keep = keepAnswers<Found<Unused>>(({ passed }) => passed >= 2 * page)

/** Keys of a place that end soon, the first of them first; those whose replacement is used already are let go. */
export async function endingKeys(place: Place, most: number) {
  const now = clock.now()
  const soon = { after: new Date(now), until: new Date(now + soonMilliseconds) }
  const { found } = await pick(place, soon, most, ({ successorId, ...key }, uses) =>
    successorId !== null && uses.has(successorId) ? [] : [{ ...key, replaced: successorId !== null }],
  )
  return found
}

/**
 * Keys of a place that nobody needs, as far as their use tells, and that nobody is replacing: those that never end before
 * those that will, the oldest first. `since` is when one was last used. Of hundreds of keys, as it was within the last minute.
 */
export async function unusedKeys(place: Place, most: number): Promise<Unused[]> {
  return (await keep(JSON.stringify([place, most]), () => findUnused(place, most))).found
}

async function findUnused(place: Place, most: number): Promise<Found<Unused>> {
  const now = clock.now()
  const unused = ({ successorId, ...key }: WorkingKey, uses: Map<string, Date>) => {
    const since = uses.get(key.id) ?? null
    const silent = since ? now - since.getTime() > silentMilliseconds : now - key.createdAt.getTime() > newMilliseconds
    return silent && successorId === null ? [{ ...key, since }] : []
  }
  const lasting = await pick(place, 'never', most, unused)
  const ending = { after: new Date(now + soonMilliseconds) }
  if (lasting.found.length >= most) return lasting
  const more = await pick(place, ending, most - lasting.found.length, unused)
  return { found: [...lasting.found, ...more.found], passed: lasting.passed + more.passed }
}

type Unused = Omit<WorkingKey, 'successorId'> & { since: Date | null }

/** What was picked, and how many were looked at for it. */
interface Found<Picked> {
  found: Picked[]
  passed: number
}

/** The first keys that are picked; looked at a page at a time, between which others have their turn. */
async function pick<Picked>(
  place: Place,
  ends: Ends,
  most: number,
  picked: (key: WorkingKey, uses: Map<string, Date>) => Picked[],
): Promise<Found<Picked>> {
  const found: Picked[] = []
  let passed = 0
  for (let behind: WorkingKey | undefined; ; await endOfTurn()) {
    const keys = await workingKeys(place, ends, page, behind)
    const uses = await lastUses(
      keys.flatMap(({ id, successorId }) => (successorId === null ? [id] : [id, successorId])),
    )
    found.push(...keys.flatMap((key) => picked(key, uses)))
    behind = keys.at(-1)
    passed += keys.length
    if (found.length >= most || keys.length < page || passed >= lookedAt) return { found: found.slice(0, most), passed }
  }
}
