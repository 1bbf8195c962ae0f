import { RateLimiterMemory } from 'rate-limiter-flexible'
import { minuteSeconds, type Slot, type Spent, spendOf } from './counted.ts'

const shared = globalThis as {
  playgroundSlots?: Map<string, number> | undefined
  playgroundRates?: Map<string, RateLimiterMemory> | undefined
}

/** Takes one of a bucket's slots in this process. */
export function takeSlotInMemory(bucket: string, limit: number): Slot {
  shared.playgroundSlots ??= new Map()
  const slots = shared.playgroundSlots
  const taken = slots.get(bucket) ?? 0
  if (taken >= limit) return { granted: false, taken, release() {} }
  slots.set(bucket, taken + 1)
  let held = true
  const release = () => {
    if (!held) return
    held = false
    const left = (slots.get(bucket) ?? 1) - 1
    if (left > 0) slots.set(bucket, left)
    else slots.delete(bucket)
  }
  return { granted: true, taken: taken + 1, release }
}

/** Counts an event of a bucket's minute in this process. */
export function spendInMemory(policy: string, bucket: string, limit: number): Promise<Spent> {
  shared.playgroundRates ??= new Map()
  const name = `${policy}/${limit}`
  let limiter = shared.playgroundRates.get(name)
  if (!limiter) {
    limiter = new RateLimiterMemory({ points: limit, duration: minuteSeconds })
    shared.playgroundRates.set(name, limiter)
  }
  return spendOf(limiter, bucket)
}

/** Begins anew: slots taken before are given back to nobody. */
export function forgetMemory(): void {
  shared.playgroundSlots = undefined
  shared.playgroundRates = undefined
}
