import { expect, test } from 'vitest'
import { dayText, expiryMistake, expiryOf, momentOf } from './expiry.ts'

const now = Date.parse('2025-11-22T12:00:00Z')

test('days are counted from now', () => {
  expect(momentOf({ choice: '30', date: '' }, now)).toBe('2025-12-22T12:00:00.000Z')
  expect(momentOf({ choice: 'never', date: '2025-12-01' }, now)).toBeNull()
})

test('a key works to the end of the day that was picked', () => {
  const moment = momentOf({ choice: 'date', date: '2025-12-01' }, now) ?? ''
  expect(dayText(new Date(moment))).toBe('2025-12-01')
  expect(new Date(moment).getHours()).toBe(23)
  expect(expiryOf(moment)).toEqual({ choice: 'date', date: '2025-12-01' })
})

test.each([
  ['', /Pick the last day/],
  ['2025-02-31x', /Pick the last day/],
  ['2025-11-20', /is over/],
  ['2035-11-23', /ten years ahead/],
  ['9999-12-31', /ten years ahead/],
])('“%s” is told why it cannot be', (date, words) => {
  expect(expiryMistake({ choice: 'date', date }, now)).toMatch(words)
})

test('today still can be', () => {
  expect(expiryMistake({ choice: 'date', date: dayText(new Date(now)) }, now)).toBeUndefined()
})
