/** The MPC server's clock. Everything that expires or waits asks it, so that a test can turn it instead of waiting. */
export const clock = {
  /** Epoch milliseconds. */
  now: (): number => Date.now(),
  /** Runs something after so many milliseconds. */
  after: (milliseconds: number, run: () => void): NodeJS.Timeout => setTimeout(run, milliseconds),
}

/**
 * What was over by then is over by every clock, and may go: another process's may be an hour behind this one's, where one of
 * them was set.
 */
export function longOver(): Date {
  return later(-3_600_000)
}

/** A moment `milliseconds` from now. */
export function later(milliseconds = 0): Date {
  return new Date(clock.now() + milliseconds)
}
