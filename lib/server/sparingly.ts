import { clock, isDue } from './clock.ts'

const milliseconds = 60_000

/** For one thing to say in the log, however often it happens: says it once a minute at most. */
export type Sparingly = (say: () => void) => void

/** Makes one, whichever way the clock is set later. */
export function sparingly(): Sparingly {
  let saidAt = Number.NEGATIVE_INFINITY
  return (say) => {
    if (!isDue(saidAt, milliseconds)) return
    saidAt = clock.now()
    say()
  }
}
