import { expect, test } from 'vitest'
import { prefixEnd } from './prefix-end.ts'

const bytes = (text: string) => Buffer.from(text)

test.each(['ada', 'a', 'é', '\ud7ff', '😀', '\u{10ffff}a', 'a\u{10ffff}', 'z\u{10ffff}\u{10ffff}'])(
  'what begins with %j is before its end, and the text after those is not',
  (text) => {
    const end = bytes(prefixEnd(text) ?? '')
    for (const more of ['', '\u0001', 'zzz', '\u{10ffff}', '\u{10ffff}\u{10ffff}']) {
      expect(bytes(text + more).compare(end)).toBe(-1)
    }
    expect(bytes(`${prefixEnd(text)}`).compare(bytes(text))).toBe(1)
  },
)

test('nothing is behind the last character', () => {
  expect(prefixEnd('\u{10ffff}')).toBeNull()
  expect(prefixEnd('\u{10fffe}')).toBe('\u{10ffff}')
})
