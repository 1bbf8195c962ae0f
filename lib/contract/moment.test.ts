import { expect, test } from 'vitest'
import { latestMoment } from './latest-moment.ts'
import { moment } from './moment.ts'

const latest = latestMoment(Date.now())
const year = new Date(latest).getUTCFullYear()

test.each([
  '2026-11-26',
  '2024-02-29T23:59:59.999Z',
  '2026-11-26T00:00:00+14:00',
  '0001-01-01',
  '0001-01-01T00:00:00Z',
  '0001-01-01T12:00:00+12:00',
  new Date(latest - 60_000).toISOString(),
  `${year - 1}-12-31T23:59:59-12:00`,
])('%s is a moment', (text) => {
  expect(moment.parse(text)).toBe(text)
})

test.each([
  ['9999-12-31T23:59:59-12:00', 'is more than ten years ahead'],
  ['9999-12-31', 'is more than ten years ahead'],
  [`${year + 1}-01-01`, 'is more than ten years ahead'],
  [new Date(latest + 60_000).toISOString(), 'is more than ten years ahead'],
  ['0000-12-31', 'is before the year 1'],
  ['0001-01-01T00:00:00+00:01', 'is before the year 1'],
  ['-000001-12-31T23:59:59Z', 'is not an ISO 8601 date'],
  ['+010000-01-01T00:00:00Z', 'is not an ISO 8601 date'],
  ['12026-01-01', 'is not an ISO 8601 date'],
  ['2025-02-29', 'is not an ISO 8601 date'],
  ['2026-11-26T24:00:00Z', 'is not an ISO 8601 date'],
  ['2026-11-26T00:00:00', 'is not an ISO 8601 date'],
  ['tomorrow', 'is not an ISO 8601 date'],
  ['', 'is not an ISO 8601 date'],
  [1_700_000_000, 'is not an ISO 8601 date'],
])('%s is none: it %s', (value, why) => {
  expect(moment.safeParse(value).error?.issues.map(({ message }) => message)).toEqual([why])
})

test('ten years are ten calendar years, from a leap day too', () => {
  expect(new Date(latestMoment(Date.parse('2026-11-26T06:00:00Z'))).toISOString()).toBe('2036-11-26T06:00:00.000Z')
  expect(new Date(latestMoment(Date.parse('2028-02-29T00:00:00Z'))).toISOString()).toBe('2038-03-01T00:00:00.000Z')
})
