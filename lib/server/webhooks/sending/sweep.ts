import { clock, isDue, later } from '../../clock.ts'
import { keptDays } from '../deliveries/deliveries.ts'
import * as store from './store.ts'

const sweepMilliseconds = 10 * 60_000
/** In one commit: each takes its deliveries and their attempts along. */
const atOnce = 50

let sweptAt = 0

/** Every ten minutes at most: events that are 30 days old go with all that came of them, and secrets that sign no more. */
export async function sweepNowAndThen(): Promise<void> {
  if (!isDue(sweptAt, sweepMilliseconds)) return
  sweptAt = clock.now()
  await store.forgetPrevious()
  while ((await store.sweep(later(-keptDays * 24 * 3_600_000), atOnce)) === atOnce);
}
