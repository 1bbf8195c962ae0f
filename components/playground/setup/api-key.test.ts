import { expect, test } from 'vitest'
import { keyMistake, maskedKey } from './api-key.ts'

const key = `sk_test_4fQ9mZ7hLw2c_${'a'.repeat(45)}Xk3T`

test('a text that may be a key is no mistake', () => {
  expect(keyMistake(key)).toBeUndefined()
})

test.each([
  ['pk_test_x', 'begins with sk_test_ or sk_live_'],
  [key.slice(0, -1), '1 character too short'],
  [`${key}ab`, '2 characters too long'],
  [`${key} x`, 'no spaces'],
])('%s is told what is wrong with it', (text, words) => {
  expect(keyMistake(text)).toContain(words)
})

test('a masked key shows its public id and its last four characters, and nothing between', () => {
  const { start, end } = maskedKey(key)
  expect(start.replaceAll('•', '')).toBe('sk_test_4fQ9mZ7hLw2c_')
  expect(end).toBe('Xk3T')
})

test('what is no key is masked whole', () => {
  expect(maskedKey('hunter2')).toEqual({ start: '•••••••', end: '' })
})
