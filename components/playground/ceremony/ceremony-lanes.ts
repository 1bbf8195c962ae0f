import type { Lane } from '../run.ts'

/** From the person outwards. */
export const lanes: readonly Lane[] = ['authenticator', 'browser', 'server']

export const laneNames: Readonly<Record<Lane, string>> = {
  authenticator: 'Authenticator',
  browser: 'Browser',
  server: 'Server',
}

/** On a grid of six, where a lane begins, which is two columns wide. */
export const laneStart: Readonly<Record<Lane, string>> = {
  authenticator: '@2xl:col-start-1',
  browser: '@2xl:col-start-3',
  server: '@2xl:col-start-5',
}

/** Grid columns of an arrow between two lanes, on that grid: from the middle of one to the middle of the other, or one lane. */
export function columnsBetween(from: Lane, to: Lane): string {
  if (from === to) return `${laneStart[from]} @2xl:col-span-2`
  const touches = (lane: Lane) => from === lane || to === lane
  if (touches('authenticator') && touches('server')) return '@2xl:col-start-2 @2xl:col-span-4'
  return touches('authenticator') ? '@2xl:col-start-2 @2xl:col-span-2' : '@2xl:col-start-4 @2xl:col-span-2'
}

/** Between which lanes a message passes, as it is read; of one that stays in a lane, that. */
export function wayText(from: Lane, to: Lane): string {
  return from === to ? laneNames[from] : `${laneNames[from]} → ${laneNames[to]}`
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
