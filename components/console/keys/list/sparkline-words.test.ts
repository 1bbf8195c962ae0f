import { expect, test } from 'vitest'
import { sparklineWords } from './sparkline-words.ts'

const today = new Date('2025-11-22T23:30:00Z')
const quiet = Array<number>(14).fill(0)

test('a sparkline says how much there was, and on which day most', () => {
  expect(sparklineWords(quiet.with(3, 316).with(11, 1_096), today)).toBe(
    '1,412 requests in 14 days, most on 20 November (1,096)',
  )
})

test('of days that are alike, the latest is named', () => {
  expect(sparklineWords(quiet.with(2, 5).with(13, 5), today)).toBe('10 requests in 14 days, most on 22 November (5)')
})

test('one busy day is told without saying its number twice', () => {
  expect(sparklineWords(quiet.with(13, 1), today)).toBe('1 request in 14 days, all on 22 November')
})

test('silence is said too', () => {
  expect(sparklineWords(quiet, today)).toBe('No request in 14 days')
})
