import { expect, test } from 'vitest'
import { equalBytes, fromBase64url, toBase64url, toHex } from './bytes.ts'

test('bytes of every value survive base64url and back', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
  for (const length of [0, 1, 2, 3, 255, 256]) {
    const part = bytes.subarray(0, length)
    expect(fromBase64url(toBase64url(part))).toEqual(part)
  }
  expect(toBase64url(Uint8Array.of(251, 255))).toBe('-_8')
})

test('only the one canonical base64url text of some bytes is read', () => {
  expect(fromBase64url('-_8')).toEqual(Uint8Array.of(251, 255))
  for (const text of ['-_8=', '+/8', '-_9', '-_8 ', '\n-_8', 'a', 'AAAAa', '-_8\n', 'é'])
    expect(fromBase64url(text), text).toBeNull()
})

test('of all texts of up to three characters, just those are read that bytes are written as', () => {
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
  const pairs = alphabet.flatMap((a) => alphabet.map((b) => a + b))
  const texts = [...alphabet, ...pairs, ...pairs.flatMap((pair) => alphabet.map((c) => pair + c))]
  const misread = texts.filter((text) => {
    const canonical = Buffer.from(text, 'base64url').toString('base64url') === text
    return [text, `AAAA${text}`].some((whole) => (fromBase64url(whole) !== null) !== canonical)
  })
  expect(misread).toEqual([])
})

test('hex is lower case with two digits a byte', () => {
  expect(toHex(Uint8Array.of(0, 10, 255))).toBe('000aff')
})

test('bytes are equal only when length and content are', () => {
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 3))).toBe(false)
})
