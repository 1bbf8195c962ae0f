import { expect, test } from 'vitest'
import { nextAttempt, retryAfterOf, schedule } from './schedule.ts'

const hour = 3_600_000
const [soonest, latest] = [() => 0, () => 1 - Number.EPSILON]

test('attempts are made at 0, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h', () => {
  expect(schedule.map((at) => at / 1000)).toEqual([0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400])
})

test('each comes at its time, or up to a tenth of the step later, and none after the last', () => {
  for (let made = 1; made < schedule.length; made++) {
    const [at = 0, before = 0] = [schedule[made], schedule[made - 1]]
    const given = { began: 1_000_000, made, ended: 1_000_000 + before + 100 }
    expect(nextAttempt(given, soonest)).toBe(1_000_000 + at)
    expect(nextAttempt(given, latest)).toBe(1_000_000 + at + (at - before) / 10)
  }
  expect(nextAttempt({ began: 0, made: schedule.length, ended: 24 * hour })).toBeUndefined()
})

test('after a long while in which nothing was sent, attempts do not come all at once', () => {
  expect(nextAttempt({ began: 0, made: 4, ended: 30 * hour }, soonest)).toBe(30 * hour + (hour * 3) / 4)
})

test('an endpoint puts its next attempt off, by a day at most, and never brings it forward', () => {
  const given = { began: 0, made: 1, ended: 1_000 }
  expect(nextAttempt({ ...given, retryAfter: 60_000 }, soonest)).toBe(61_000)
  expect(nextAttempt({ ...given, retryAfter: 1_000 * hour }, soonest)).toBe(24 * hour + 1_000)
  expect(nextAttempt({ ...given, retryAfter: 1 }, soonest)).toBe(5_000)
})

test.each([
  ['120', 120_000],
  ['0', 0],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 50_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', undefined],
  ['soon', undefined],
  ['-1', undefined],
  ['1e9', undefined],
  ['99999999999', undefined],
  [undefined, undefined],
])('Retry-After: %s', (header, expected) => {
  expect(retryAfterOf(header, 10_000)).toBe(expected)
})
