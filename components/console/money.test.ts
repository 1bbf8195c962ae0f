import { expect, test } from 'vitest'
import { centsOf, changeOf, dollars, priceWords } from './money.ts'

test('cents are read as dollars, a change has its sign, and nothing is free', () => {
  expect([0, 5, 123_450].map(dollars)).toEqual(['$0.00', '$0.05', '$1,234.50'])
  expect([25, 0].map((amount) => priceWords({ amount }))).toEqual(['$0.25', 'Free'])
  expect([500, -500, 0].map(changeOf)).toEqual(['+$5.00', '−$5.00', '–'])
})

test.each([
  ['25', 2_500],
  ['25.5', 2_550],
  [' $1,000.00 ', 100_000],
  ['0.01', 1],
])('“%s” is an amount', (text, cents) => {
  expect(centsOf(text)).toBe(cents)
})

test.each(['', 'ten', '-5', '1.005', '1,00', '1e3', '12 34', '1.'])('“%s” is none', (text) => {
  expect(centsOf(text)).toBeUndefined()
})
