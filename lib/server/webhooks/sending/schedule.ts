const [second, minute, hour] = [1_000, 60_000, 3_600_000]

/** When attempts are made, from the first one on. */
export const schedule: readonly number[] = [
  ...[0, 5 * second, 5 * minute, 30 * minute],
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour),
]

/** So long at most an endpoint puts its next attempt off. */
const longestRetryAfter = 24 * hour

/**
 * When the next attempt is made; undefined after the last.
 *
 * At least half the step lies between two attempts, however late the one before was, and up to a tenth of it is added at
 * random: what failed together does not come back together.
 *
 * @param began when the first attempt was made, in epoch milliseconds
 * @param made how many were
 * @param ended when the last of them ended
 * @param retryAfter for how long the endpoint asked to be left alone, in milliseconds
 */
export function nextAttempt(
  {
    began,
    made,
    ended,
    retryAfter = 0,
  }: { began: number; made: number; ended: number; retryAfter?: number | undefined },
  random = Math.random,
): number | undefined {
  const at = schedule[made]
  if (at === undefined) return undefined
  const step = at - (schedule[made - 1] ?? 0)
  const planned = Math.max(began + at, ended + step / 2, ended + Math.min(retryAfter, longestRetryAfter))
  return Math.round(planned + (step / 10) * random())
}

/**
 * `Retry-After` in milliseconds from now; undefined where it says nothing that can be read.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * second
  const date = /GMT$/.test(header) ? Date.parse(header) : Number.NaN
  return date > now ? date - now : undefined
}
