import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  apiKeyChecksum,
  apiKeyInText,
  apiKeyLength,
  apiKeyPattern,
  apiKeyStart,
  base62,
  isApiKey,
} from './api-key-format.ts'

const [id, secret, checksum] = ['4fQ9mZ7hLw2c', 'a'.repeat(43), '0bXk3T'] as const
const key = `sk_live_${id}_${secret}${checksum}`

test('a key comes apart into its environment, id, secret and checksum', () => {
  expect(apiKeyPattern.exec(key)?.slice(1)).toEqual(['live', id, secret, checksum])
  expect(key).toHaveLength(apiKeyLength)
  expect(apiKeyStart.exec(key)?.[1]).toBe('live')
})

test.each([
  '',
  key.slice(1),
  key.slice(0, -1),
  `${key}a`,
  ` ${key}`,
  `${key}\n`,
  key.replace('live', 'prod'),
  key.replace('a', '-'),
])('%j is no key', (text) => {
  expect(apiKeyPattern.test(text)).toBe(false)
})

test('a key is found in a text, whole or cut off inside its secret; its public id alone is none', () => {
  expect(apiKeyInText.exec(`"Bearer ${key}"`)?.[0]).toBe(key)
  expect(apiKeyInText.exec(key.slice(0, 30))?.[0]).toBe(key.slice(0, 30))
  expect(apiKeyInText.test(`sk_live_${id}_…Xk3T`)).toBe(false)
})

test('what ends a key is the CRC-32 of all before it', () => {
  for (const text of ['', 'a', `sk_live_${id}_${secret}`]) {
    const read = [...apiKeyChecksum(text)].reduce((sum, digit) => sum * 62 + base62.indexOf(digit), 0)
    expect(apiKeyChecksum(text)).toHaveLength(6)
    expect(read).toBe(crc32(text))
  }
})

test('a mistyped key is told from a whole one', () => {
  const start = `sk_live_${id}_${secret}`
  const right = start + apiKeyChecksum(start)
  expect(isApiKey(right)).toBe(true)
  expect(isApiKey(key)).toBe(false)
  expect(isApiKey(right.replace('4fQ9', '4fQ8'))).toBe(false)
  expect(isApiKey(right.slice(0, -1))).toBe(false)
})
