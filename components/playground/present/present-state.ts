import type { PresentAct } from './present-keys.ts'

/** How fast it plays by itself: times a message each so many milliseconds. */
export const speeds = [0.5, 1, 2, 4] as const
const pause = 5_000

export interface Presented {
  /** Of the messages, from 0; the ending is one more. */
  at: number
  playing: boolean
  /** Of `speeds`. */
  speed: number
  bytes: boolean
  beside: boolean
  /** Both ceremonies of the user, one after the other. */
  whole: boolean
}

export const presentedFirst: Presented = {
  at: 0,
  playing: false,
  speed: 1,
  bytes: false,
  beside: false,
  whole: false,
}

/** Milliseconds that a message stands while it plays by itself. */
export function pauseOf({ speed }: Presented): number {
  return pause / (speeds[speed] ?? 1)
}

/**
 * The stage after something was done on it. What stands over the messages goes with the next of them; what plays by itself
 * stops at the end, and begins anew there.
 *
 * @param steps how many there are, with the ending
 */
export function presented(state: Presented, act: PresentAct | 'speed' | 'tick', steps: number): Presented {
  const to = (at: number): Presented => ({ ...state, at: Math.min(Math.max(0, at), steps - 1), beside: false })
  const last = steps - 1
  switch (act) {
    case 'tick':
      return state.at >= last - 1 ? { ...to(last), playing: false } : to(state.at + 1)
    case 'next':
      return { ...(state.beside ? { ...state, beside: false } : to(state.at + 1)), playing: false }
    case 'back':
      return { ...(state.beside ? { ...state, beside: false } : to(state.at - 1)), playing: false }
    case 'first':
      return { ...to(0), playing: false }
    case 'last':
      return { ...to(last), playing: false }
    case 'play':
      return state.playing
        ? { ...state, playing: false }
        : { ...to(state.at >= last ? 0 : state.at), playing: last > 0 }
    case 'faster':
      return { ...state, speed: Math.min(speeds.length - 1, state.speed + 1) }
    case 'slower':
      return { ...state, speed: Math.max(0, state.speed - 1) }
    case 'speed':
      return { ...state, speed: (state.speed + 1) % speeds.length }
    case 'bytes':
      return { ...state, bytes: !state.bytes, beside: false }
    case 'beside':
      return { ...state, beside: !state.beside, playing: false }
    case 'story':
      return { ...to(0), whole: !state.whole, playing: false }
    case 'room':
    case 'full':
    case 'keys':
      return state
  }
}
