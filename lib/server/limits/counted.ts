import type { RateLimiterRes } from 'rate-limiter-flexible'

/** One of a bucket's places for requests under way, or that none was free. */
export interface Slot {
  granted: boolean
  /** How many are taken, this one among them. */
  taken: number
  /** Gives it back where it was taken; any number of times. Never throws. */
  release(): void
}

/** One event of a bucket's minute. */
export interface Spent {
  granted: boolean
  /** How many the minute has had, this one among them. */
  count: number
  /** Until the minute ends. */
  milliseconds: number
}

/** A minute begins with its first event. */
export const minuteSeconds = 60

/**
 * What a limiter says of an event.
 *
 * @throws what it failed with: unlike that, a refusal is no Error
 */
export function spentBy(consumed: Promise<RateLimiterRes>): Promise<Spent> {
  return consumed.then(granted, refused)
}

function granted({ consumedPoints, msBeforeNext }: RateLimiterRes): Spent {
  return { granted: true, count: consumedPoints, milliseconds: msBeforeNext }
}

function refused(reason: RateLimiterRes | Error): Spent {
  if (reason instanceof Error) throw reason
  return { ...granted(reason), granted: false }
}
