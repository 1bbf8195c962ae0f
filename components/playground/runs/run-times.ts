import { seconds } from '../seconds.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** When a ceremony began, on the person's own clock: 10:48:31. */
export function clockTime(at: number): string {
  return clock.format(at)
}

/** How long a ceremony took, down to milliseconds where it was no time at all: 16 ms, 4.1 s. */
export function tookOf(milliseconds: number): string {
  return milliseconds < 100 ? `${Math.round(milliseconds)} ms` : seconds(milliseconds)
}
