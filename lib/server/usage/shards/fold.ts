import { setImmediate as otherWork } from 'node:timers/promises'
import { clock } from '../../clock.ts'
import { hourMilliseconds } from '../range.ts'
import { sumUp } from '../sums/store.ts'
import { monthCount } from '../threshold.ts'
import * as store from './store.ts'

/** So many rows are added up in one commit, which holds up nobody for long. */
const atOnce = 200

/**
 * Adds up what processes counted each in rows of its own, once the hour is over: one row is left of what was the same; and
 * adds that to the sums of its hour and day. Nothing is lost or doubled by it, whoever counts, reads or is killed meanwhile.
 */
export async function foldUsage(): Promise<void> {
  const hour = Math.floor(clock.now() / hourMilliseconds)
  while ((await store.foldCounts(hour, atOnce)) >= atOnce) await otherWork()
  while ((await sumUp(atOnce)) >= atOnce) await otherWork()
  await store.foldGrown(hour, (tenantId, quota, month) =>
    monthCount(tenantId, quota, 0, Date.UTC(Math.floor(month / 12), month % 12)),
  )
}
