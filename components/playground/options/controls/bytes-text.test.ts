import { expect, test } from 'vitest'
import { base64urlOf, bytesOf, notations, readableNotation, writtenBytes } from './bytes-text.ts'

test.each([
  ['text', 'treasury-2026', 'dHJlYXN1cnktMjAyNg'],
  ['hex', '00 ff:10', 'AP8Q'],
  ['base64url', 'AP8Q', 'AP8Q'],
  ['text', 'ü', 'w7w'],
  ['hex', '', ''],
] as const)('%s %j is read', (notation, text, base64url) => {
  expect(base64urlOf(text, notation)).toBe(base64url)
})

test.each([
  ['hex', '0'],
  ['hex', 'zz'],
  ['base64url', 'A'],
  ['base64url', 'a+b/'],
  ['base64url', 'AB=='],
] as const)('%s %j is none', (notation, text) => {
  expect(bytesOf(text, notation)).toBeUndefined()
})

test('bytes are written back as they were read, where the notation can', () => {
  for (const notation of notations) {
    for (const base64url of ['dHJlYXN1cnktMjAyNg', 'AP8Q', '']) {
      const text = writtenBytes(base64url, notation)
      if (text !== undefined) expect(base64urlOf(text, notation)).toBe(base64url)
    }
  }
  expect(writtenBytes('AP8Q', 'text')).toBeUndefined()
  expect(readableNotation('AP8Q')).toBe('base64url')
  expect(readableNotation('dHJlYXN1cnktMjAyNg')).toBe('text')
})
