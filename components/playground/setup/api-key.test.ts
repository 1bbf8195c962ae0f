import { expect, test } from 'vitest'
import { apiKeyChecksum } from '#lib/contract/api-key-format.ts'
import { keyMistake, maskedKey } from './api-key.ts'

const start = `sk_test_4fQ9mZ7hLw2c_${'a'.repeat(43)}`
const key = start + apiKeyChecksum(start)

test('a text that may be a key is no mistake', () => {
  expect(keyMistake(key)).toBeUndefined()
})

test('while it is typed, no beginning of a key is a mistake; left so, each is', () => {
  for (let length = 1; length < key.length; length++) {
    expect(keyMistake(key.slice(0, length), true)).toBeUndefined()
    expect(keyMistake(key.slice(0, length))).toMatch(/begins with|too short/)
  }
  expect(keyMistake(key, true)).toBeUndefined()
})

const swapped = key.replace('4fQ9', '4fQ8')

test.each([
  ['pk_test_x', 'begins with sk_test_ or sk_live_'],
  ['sk_prod', 'begins with sk_test_ or sk_live_'],
  [`${key}ab`, '2 characters too long'],
  [`${key} x`, 'no spaces'],
  [key.slice(0, 30).replace('Q', '-'), '12 letters or digits, an underscore and 49 more'],
  [swapped, 'checksum does not fit'],
])('%s is told what is wrong with it, as soon as it is', (text, words) => {
  expect(keyMistake(text, true)).toContain(words)
  expect(keyMistake(text)).toContain(words)
})

test('a key that lacks characters is told how many', () => {
  expect(keyMistake(key.slice(0, -1))).toContain('1 character too short')
  expect(keyMistake('sk_test_short')).toContain('57 characters too short')
})

test('a masked key shows its public id and its last four characters, and nothing between', () => {
  const { start, end } = maskedKey(key)
  expect(start.replaceAll('•', '')).toBe('sk_test_4fQ9mZ7hLw2c_')
  expect(end).toBe(key.slice(-4))
})

test('what is no key is masked whole', () => {
  expect(maskedKey('hunter2')).toEqual({ start: '•••••••', end: '' })
})
