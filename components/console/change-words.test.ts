import { expect, test } from 'vitest'
import { countChange, rateChange } from './change-words.ts'

test('a count is compared in words that need no arrow', () => {
  const said = (now: number, before: number) => Object.values(countChange(now, before) ?? {}).join(' ')
  expect(said(529, 448)).toBe('↑ 18 % more than 448')
  expect(said(86, 90)).toBe('↓ 4.4 % fewer than 90')
  expect(said(5, 5)).toBe('= as many as before')
  expect(said(5, 0)).toBe('↑ there were none before')
  expect(said(0, 1_500)).toBe('↓ there were 1,500 before')
  expect(countChange(0, 0)).toBeNull()
})

test('a rate is compared in points, and with nothing not at all', () => {
  const said = (ok: number, before: number) =>
    Object.values(rateChange({ ok, finished: 100 }, { ok: before, finished: 100 }) ?? {}).join(' ')
  expect(said(94, 97)).toBe('↓ 3 points lower than before')
  expect(said(98, 97)).toBe('↑ 1 point higher than before')
  expect(said(97, 97)).toBe('= as before')
  expect(rateChange({ ok: 1, finished: 1 }, { ok: 0, finished: 0 })).toBeNull()
})
