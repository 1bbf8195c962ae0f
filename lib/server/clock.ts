/** The server's clock. Everything that expires asks it, so that a test can turn it instead of waiting. */
export const clock = {
  /** Epoch milliseconds. */
  now: (): number => Date.now(),
}

/**
 * Whether so many milliseconds lie between a moment and now. A clock that was turned back makes due what lies ahead by as
 * much.
 */
export function isDue(since: number, milliseconds: number): boolean {
  return Math.abs(clock.now() - since) >= milliseconds
}

/**
 * Watches for the clock being set back: by how many milliseconds it was since the last look; undefined where it was not, or by
 * a second at most.
 */
export function watchForSetBack(): () => number | undefined {
  const ahead = () => clock.now() - performance.now()
  let last = ahead()
  return () => {
    const back = last - ahead()
    last -= back
    return back > 1_000 ? back : undefined
  }
}

/**
 * What was over by then is over by every clock, and may go: another process's may be an hour behind this one's, where one of
 * them was set.
 */
export function longOver(): Date {
  return later(-3_600_000)
}

/** A moment `milliseconds` from now. */
export function later(milliseconds: number): Date {
  return new Date(clock.now() + milliseconds)
}
