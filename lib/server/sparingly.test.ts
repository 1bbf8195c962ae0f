import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sparingly } from './sparingly.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

test('what happens often is said once a minute, whichever way the clock is set', () => {
  const said: number[] = []
  const say = sparingly()
  const happens = (at: number) => say(() => said.push(at))
  for (const milliseconds of [0, 1, 59_999, 60_000, 60_001, 120_000, 100_000, 1_000]) {
    vi.setSystemTime(1_700_000_000_000 + milliseconds)
    happens(milliseconds)
  }
  expect(said).toEqual([0, 60_000, 120_000, 1_000])
})

test('each thing has a minute of its own', () => {
  const say = vi.fn()
  for (const sparing of [sparingly(), sparingly()]) sparing(say)
  expect(say).toHaveBeenCalledTimes(2)
})
