import { expect, test } from 'vitest'
import { hashApiKey, hintOf, matchesHash, readApiKey, writeApiKey } from './api-key.ts'

const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

test('a key is its prefix, an id of 12, a secret of 43 and a checksum of 6 characters', () => {
  expect(writeApiKey('test')).toMatch(/^sk_test_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}[0-9A-Za-z]{6}$/)
  expect(writeApiKey('live')).toMatch(/^sk_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/)
})

test('the checksum is the CRC-32 of all before it, so that any scanner can tell a key', () => {
  const key = writeApiKey('test', 'A'.repeat(12), 'b'.repeat(43))
  let crc = 0xffffffff
  for (const byte of Buffer.from(key.slice(0, -6))) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  const value = (crc ^ 0xffffffff) >>> 0
  const read = [...key.slice(-6)].reduce((sum, digit) => sum * 62 + characters.indexOf(digit), 0)
  expect(read).toBe(value)
})

test('a key reads as what was written', () => {
  for (const environment of ['test', 'live'] as const) {
    const key = writeApiKey(environment)
    expect(readApiKey(key)).toEqual({ environment, id: key.slice(8, 20) })
  }
})

test('no two keys are the same', () => {
  expect(new Set(Array.from({ length: 1_000 }, () => writeApiKey('test'))).size).toBe(1_000)
})

test('one wrong character anywhere, and it is no key', () => {
  const key = writeApiKey('test')
  for (let place = 0; place < key.length; place++) {
    const other = characters[(characters.indexOf(key.charAt(place)) + 1) % 62]
    expect(readApiKey(key.slice(0, place) + other + key.slice(place + 1))).toBeUndefined()
  }
  const [one, two] = [key.charAt(30), key.charAt(31)]
  if (one !== two) expect(readApiKey(key.slice(0, 30) + two + one + key.slice(32))).toBeUndefined()
  for (const text of ['', key.slice(1), `${key} `, `${key}\n`, key.slice(0, -1), `${key}${key}`]) {
    expect(readApiKey(text)).toBeUndefined()
  }
})

test('what is kept of a key tells it from every other, and is not the key', () => {
  const [key, other] = [writeApiKey('test'), writeApiKey('test')]
  const hash = hashApiKey(key)
  expect(matchesHash(key, hash)).toBe(true)
  expect(matchesHash(other, hash)).toBe(false)
  expect(hash).toMatch(/^[\w-]{43}$/)
  expect(key).not.toContain(hash)
})

test('a hint shows the id and the last four characters, and none of the secret', () => {
  const key = writeApiKey('live', 'A'.repeat(12), 'b'.repeat(43))
  expect(hintOf(key)).toBe(`sk_live_${'A'.repeat(12)}_…${key.slice(-4)}`)
})
