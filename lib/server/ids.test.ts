import { expect, test, vi } from 'vitest'
import { clock } from './clock.ts'
import { behindAll, newSortedId, sortedIdOf } from './ids.ts'

test('ids sort as they were made, in one millisecond, in the next, and when the clock is turned back', () => {
  const now = vi.spyOn(clock, 'now')
  const base = Date.now() + 60_000
  const made = [0, 0, 1, 1, -3_600_000, -3_600_000, 2].map((by) => {
    now.mockReturnValue(base + by)
    return newSortedId()
  })
  now.mockRestore()
  expect([...made].sort()).toEqual(made)
  expect(new Set(made.map((id) => id.length))).toEqual(new Set([24]))
  expect(made.every((id) => id < behindAll && id < `${id}${behindAll}`)).toBe(true)
  expect((made[1] as string) > `${made[0]}${behindAll}`).toBe(true)
})

test('a process makes more of them within a millisecond than it counts, and they still sort', () => {
  const shared = globalThis as unknown as { playgroundSorted: { at: number; count: number } }
  const now = vi.spyOn(clock, 'now').mockReturnValue(Date.now() + 120_000)
  const first = newSortedId()
  shared.playgroundSorted.count = 36 ** 4 - 1
  const next = newSortedId()
  now.mockRestore()
  expect(next > first).toBe(true)
  expect(next).toHaveLength(24)
})

test('what was a number sorts before all of them, by its size; what is neither is none', () => {
  const [seven, twelve] = [sortedIdOf('7') as string, sortedIdOf('12') as string]
  expect([twelve, newSortedId(), seven].sort().slice(0, 2)).toEqual([seven, twelve])
  const made = newSortedId()
  expect(sortedIdOf(made)).toBe(made)
  for (const text of ['', 'x', '1.5', ' 7', made.toUpperCase(), `${made}0`, '9'.repeat(16)]) {
    expect(sortedIdOf(text), text).toBeUndefined()
  }
})
