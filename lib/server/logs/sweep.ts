import { setImmediate as otherWork } from 'node:timers/promises'
import { clock, isDue } from '../clock.ts'
import { env } from '../env.ts'
import { keptSince } from './filter.ts'
import { lotSize } from './note.ts'
import { removeOldest, sizes } from './store.ts'

const everyMilliseconds = 60_000
// Lots in one commit, and commits at one time: nothing waits for long, and what is left goes the next time.
const [atOnce, commits] = [50, 100]

let sweptAt = 0

/**
 * Once a minute: requests go that are older than they are kept; and where there are more than are kept of all tenants
 * together, the oldest of whichever environment has most, so that one that is busy does not push out the others'.
 */
export async function sweepLogs(): Promise<void> {
  if (!isDue(sweptAt, everyMilliseconds)) return
  sweptAt = clock.now()
  let left = commits
  for (const place of await sizes()) {
    while (left-- > 0 && (await removeOldest(place, keptSince(), atOnce)) > 0) await otherWork()
  }
  while (left-- > 0) {
    const all = await sizes()
    const [largest] = all
    const excess = all.reduce((sum, { requests }) => sum + requests, 0) - env().logMaxRows
    if (!largest || excess <= 0) return
    await removeOldest(largest, Number.MAX_SAFE_INTEGER, Math.min(atOnce, Math.ceil(excess / lotSize)))
    await otherWork()
  }
}
