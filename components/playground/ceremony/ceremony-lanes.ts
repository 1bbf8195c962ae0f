import type { Lane } from '../run.ts'

/** From the person outwards. */
export const lanes: readonly Lane[] = ['authenticator', 'browser', 'server']

export const laneNames: Readonly<Record<Lane, string>> = {
  authenticator: 'Authenticator',
  browser: 'Browser',
  server: 'Server',
}

/** Grid columns of an arrow between two lanes, on a grid of six: from the middle of one lane to the middle of the other. */
export function columnsBetween(from: Lane, to: Lane): string {
  const touches = (lane: Lane) => from === lane || to === lane
  if (touches('authenticator') && touches('server')) return '@2xl:col-start-2 @2xl:col-span-4'
  return touches('authenticator') ? '@2xl:col-start-2 @2xl:col-span-2' : '@2xl:col-start-4 @2xl:col-span-2'
}

/** 9 ms, 731 ms, 1.2 s. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1) return '< 1 ms'
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`
}

/** 412 B, 1.4 kB. */
export function sizeText(bytes: number): string {
  return bytes < 1_000 ? `${bytes} B` : `${(bytes / 1_000).toFixed(1)} kB`
}
