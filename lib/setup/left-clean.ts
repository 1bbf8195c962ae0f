import { afterAll, expect, vi } from 'vitest'
import { clock } from '../server/clock.ts'

// Of a file whose process goes on to another: it leaves the clock as it found it, and no spy.

const { now } = clock

afterAll(() => {
  expect(clock.now).toBe(now)
  expect([vi.isFakeTimers(), vi.isMockFunction(fetch)]).toEqual([false, false])
})
