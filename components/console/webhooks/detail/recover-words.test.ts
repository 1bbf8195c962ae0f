import { expect, test } from 'vitest'
import { localInput, recoveredWords } from './recover-words.ts'

test('it is said how many are sent again, and whether there are more', () => {
  expect(recoveredWords({ recovered: 0, more: false })).toMatch(/^Nothing.* tried again by itself within minutes/)
  expect(recoveredWords({ recovered: 1, more: false })).toBe('1 delivery is sent again, from now on.')
  expect(recoveredWords({ recovered: 1_000, more: true })).toMatch(
    /^1,000 deliveries are .* There are more: press it again/,
  )
})

test('a moment in a field for date and time is the same moment', () => {
  const at = new Date('2026-03-29T00:59:00Z')
  expect(new Date(localInput(at))).toEqual(at)
})
