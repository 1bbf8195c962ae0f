import type { BalanceOverTime, BalanceRange } from '#lib/contract/console-account.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { lastBefore } from './transactions/store.ts'

const hour = 3_600_000
const steps = {
  day: { step: 'hour', milliseconds: hour, points: 24 },
  month: { step: 'day', milliseconds: 24 * hour, points: 30 },
} as const satisfies Record<BalanceRange, { step: BalanceOverTime['step']; milliseconds: number; points: number }>

/** The caller's balance over the last day, by the hour, or the last month, by the day (UTC); the last point is as it is now. */
export async function balanceOverTime(caller: Caller, range: BalanceRange): Promise<BalanceOverTime> {
  const { step, milliseconds, points } = steps[range]
  const last = Math.floor(clock.now() / milliseconds)
  const begins = Array.from({ length: points }, (_, point) => (last - points + 1 + point) * milliseconds)
  const place = placeOf(caller)
  const found = await Promise.all(begins.map((begin) => lastBefore(place, new Date(begin + milliseconds))))
  return {
    step,
    times: begins.map((begin) => new Date(begin).toISOString()),
    balance: found.map((at) => Number(at?.available ?? 0)),
    reserved: found.map((at) => Number(at?.reserved ?? 0)),
  }
}
