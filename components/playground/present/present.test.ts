import { expect, test } from 'vitest'
import { shortcuts } from '../shortcuts/shortcuts.ts'
import { actOf, presentKeys } from './present-keys.ts'
import { type Presented, pauseOf, presented, presentedFirst, speeds } from './present-state.ts'

const characters = { onButton: false, characters: true }
const pressed = (keys: string[], from: Partial<Presented> = {}, steps = 9) =>
  keys.reduce<Presented>(
    (state, key) => {
      const act = actOf({ key, ...characters })
      return act ? presented(state, act, steps) : state
    },
    { ...presentedFirst, ...from },
  )

test('no key of the stage does two things, and each says what it does', () => {
  const keys = presentKeys.flatMap(({ keys }) => keys)
  expect(new Set(keys).size).toBe(keys.length)
  for (const { title } of presentKeys) expect(title).toMatch(/^[A-Z]/)
  expect(shortcuts.flatMap(({ keys }) => keys).filter((key) => key === 'v')).toHaveLength(1)
})

test('arrows, the space bar, Home and End go through it, and stay at both ends', () => {
  expect(pressed(['ArrowRight', ' ', 'PageDown']).at).toBe(3)
  expect(pressed(['ArrowLeft']).at).toBe(0)
  expect(pressed(['End']).at).toBe(8)
  expect(pressed(['End', 'ArrowRight', 'ArrowRight']).at).toBe(8)
  expect(pressed(['End', 'ArrowLeft', 'Home', 'ArrowRight']).at).toBe(1)
})

test('a space bar on a button presses the button alone, and characters are heard only where they are shortcuts', () => {
  expect(actOf({ key: ' ', onButton: true, characters: true })).toBeUndefined()
  expect(actOf({ key: 'p', onButton: false, characters: false })).toBeUndefined()
  expect(actOf({ key: ' ', onButton: false, characters: false })).toBe('next')
  expect(actOf({ key: 'P', onButton: false, characters: true })).toBe('play')
  expect(actOf({ key: 'Tab', onButton: false, characters: true })).toBeUndefined()
})

test('it plays by itself to the end and stops there; played again it begins anew; a step by hand stops it', () => {
  let state = pressed(['p'], {}, 3)
  expect(state.playing).toBe(true)
  state = presented(state, 'tick', 3)
  expect(state).toMatchObject({ at: 1, playing: true })
  state = presented(state, 'tick', 3)
  expect(state).toMatchObject({ at: 2, playing: false })
  expect(presented(state, 'play', 3)).toMatchObject({ at: 0, playing: true })
  expect(pressed(['p', 'ArrowRight'])).toMatchObject({ at: 1, playing: false })
})

test('faster waits less, within its speeds', () => {
  const pauses = [[], ['+'], ['-']].map((keys) => pauseOf(pressed(keys)))
  expect(pauses[1]).toBeLessThan(pauses[0] ?? 0)
  expect(pauses[2]).toBeGreaterThan(pauses[0] ?? 0)
  expect(pressed(['+', '+', '+', '+', '+', '+']).speed).toBe(speeds.length - 1)
  expect(pressed(['-', '-', '-']).speed).toBe(0)
  expect(presented({ ...presentedFirst, speed: speeds.length - 1 }, 'speed', 9).speed).toBe(0)
})

test('bytes stay over the next message; what stands beside goes at the next key, and the place is kept', () => {
  expect(pressed(['b', 'ArrowRight'])).toMatchObject({ bytes: true, at: 1 })
  expect(pressed(['ArrowRight', '2', 'ArrowRight'])).toMatchObject({ beside: false, at: 1 })
  expect(pressed(['ArrowRight', 's'])).toMatchObject({ whole: true, at: 0 })
})
