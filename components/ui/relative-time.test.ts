import { expect, test } from 'vitest'
import { relativeTime, zoneOf } from './relative-time.ts'

const now = Date.parse('2026-06-15T12:00:00Z')
const minute = 60_000

test.each([
  [0, 'just now'],
  [-20_000, 'just now'],
  [45_000, 'in less than a minute'],
  [-3 * minute, '3 minutes ago'],
  [23 * 60 * minute, 'in 23 hours'],
  [-26 * 60 * minute, 'yesterday'],
  [-40 * 24 * 60 * minute, '6 May 2026'],
])('%d ms from now is “%s”', (distance, said) => {
  expect(relativeTime(now + distance, now)).toBe(said)
})

test('a zone is said by what it is away from UTC, as an exact time says it', () => {
  expect(zoneOf(now)).toMatch(/^(?:UTC|GMT[+-]\d{1,2}(?::\d{2})?)$/)
  expect(zoneOf(now) === 'UTC').toBe(new Date(now).getTimezoneOffset() === 0)
})
