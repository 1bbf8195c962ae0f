import { describe, expect, test } from 'vitest'
import { username } from './username.ts'

test.each([
  ['a', 'a'],
  ['ada@example.com', 'ada@example.com'],
  ['Ada Lovelace', 'Ada Lovelace'],
  ['Zoë', 'Zoë'],
  ['李小龍', '李小龍'],
  ['עדה', 'עדה'],
  ['🔑', '🔑'],
  ['x'.repeat(64), 'x'.repeat(64)],
  ['🔑'.repeat(64), '🔑'.repeat(64)],
  ['e\u0301', 'é'],
  ['e\u0301'.repeat(64), 'é'.repeat(64)],
])('“%s” is a username', (name, kept) => {
  expect(username.parse(name)).toBe(kept)
})

describe('a username is not', () => {
  test.each([
    ['empty', '', 'is blank'],
    ['blank', ' \u3000', 'is blank'],
    ['led by white space', ' ada', 'starts or ends with white space'],
    ['followed by white space', 'ada\u00a0', 'starts or ends with white space'],
    ['followed by a line break', 'ada\n', 'starts or ends with white space'],
    ['of 65 characters', 'x'.repeat(65), 'is longer than 64 characters'],
    ['of 65 characters beyond 16 bits', '🔑'.repeat(65), 'is longer than 64 characters'],
    ['of a megabyte', 'x'.repeat(1_000_000), 'is longer than 64 characters'],
    ['with a control character', 'a\u0000b', 'contains an invisible or control character'],
    ['with a line break inside', 'a\nb', 'contains an invisible or control character'],
    ['with a bidi override', 'a\u202eb', 'contains an invisible or control character'],
    ['with a bidi isolate', 'a\u2066b', 'contains an invisible or control character'],
    ['with a zero-width space', 'a\u200bb', 'contains an invisible or control character'],
    ['with a byte order mark', 'a\ufeffb', 'contains an invisible or control character'],
    ['with a soft hyphen', 'a\u00adb', 'contains an invisible or control character'],
    ['with a line separator', 'a\u2028b', 'contains an invisible or control character'],
    ['with a lone surrogate', 'a\ud800b', 'contains an invisible or control character'],
  ])('%s', (_name, text, message) => {
    expect(username.safeParse(text).error?.issues.map((issue) => issue.message)).toContain(message)
  })

  test.each([7, null, undefined, {}, ['ada']])('%j', (value) => {
    expect(username.safeParse(value).success).toBe(false)
  })
})
