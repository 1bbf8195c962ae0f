/** The server's clock. Everything that expires asks it, so that a test can turn it instead of waiting. */
export const clock = {
  /** Epoch milliseconds. */
  now: (): number => Date.now(),
}

/** A moment `milliseconds` from now. */
export function later(milliseconds: number): Date {
  return new Date(clock.now() + milliseconds)
}
