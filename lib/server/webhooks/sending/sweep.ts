import { clock, isDue, later } from '../../clock.ts'
import { oneAtATime } from '../../leases/one-at-a-time.ts'
import { keptDays } from '../deliveries/deliveries.ts'
import * as store from './store.ts'

// How often is looked for what is old; where one time leaves some of it, the next is soon.
const [everyMilliseconds, soonMilliseconds] = [10 * 60_000, 1_000]
/** In one commit, each of which takes its deliveries and their attempts along; and commits at one time. */
const [atOnce, commits] = [50, 20]

let sweptAt = 0
let left = false

/**
 * Every ten minutes at most: secrets that sign no more are forgotten, and events that are 30 days old go with all that came
 * of them. Of many a thousand go in a second, so that there is time for what is to be sent.
 *
 * @param goOn whether there is to be another commit
 */
export async function sweepNowAndThen(goOn = () => true): Promise<void> {
  if (!isDue(sweptAt, left ? soonMilliseconds : everyMilliseconds)) return
  sweptAt = clock.now()
  await oneAtATime('webhooks', () => sweep(goOn))
}

async function sweep(goOn: () => boolean): Promise<void> {
  if (!left) await store.forgetPrevious()
  const before = later(-keptDays * 24 * 3_600_000)
  left = true
  for (let made = 0; left && made < commits && goOn(); made++) left = (await store.sweep(before, atOnce)) === atOnce
}
