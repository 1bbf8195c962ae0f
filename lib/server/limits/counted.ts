import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'

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
 * Counts an event of a bucket's minute. A minute that would last for longer was begun before a clock was set back, and is let
 * go: nobody is refused until the clock is there again.
 *
 * @throws what the limiter failed with: unlike that, a refusal is no Error
 */
export async function spendOf(limiter: RateLimiterAbstract, bucket: string): Promise<Spent> {
  const spent = await limiter.consume(bucket).then(granted, refused)
  if (spent.milliseconds <= minuteSeconds * 1000) return spent
  await limiter.delete(bucket)
  return limiter.consume(bucket).then(granted, refused)
}

function granted({ consumedPoints, msBeforeNext }: RateLimiterRes): Spent {
  return { granted: true, count: consumedPoints, milliseconds: msBeforeNext }
}

function refused(reason: RateLimiterRes | Error): Spent {
  if (reason instanceof Error) throw reason
  return { ...granted(reason), granted: false }
}
