const yearsAhead = 10

/** The latest moment that is taken from anybody, ten years after `now`; both in epoch milliseconds. What is later is a slip. */
export function latestMoment(now: number): number {
  const date = new Date(now)
  return date.setUTCFullYear(date.getUTCFullYear() + yearsAhead)
}
