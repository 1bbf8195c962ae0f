/** How long, and how often, a call is tried. */
export interface Patience {
  /** Further tries of what failed for the moment: 2 by default. 0: none. */
  maxRetries?: number | undefined
  /** Milliseconds for one try: 60,000 by default, which is more than the slowest operation takes. 0: any time. */
  timeout?: number | undefined
  /** Milliseconds for all tries and the pauses between them. By default any time: tries and pauses are bounded already. */
  totalTimeout?: number | undefined
}

/** @throws TypeError for what is no number of that kind, `Number` of a variable that is not set, say */
export function checkPatience({ maxRetries = 0, timeout = 0, totalTimeout = 0 }: Patience): void {
  if (!Number.isInteger(maxRetries) || maxRetries < 0) throw new TypeError('maxRetries is a whole number, 0 or more.')
  if (!(timeout >= 0 && totalTimeout >= 0)) throw new TypeError('timeout and totalTimeout are milliseconds, 0 or more.')
}
