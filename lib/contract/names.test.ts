import { describe, expect, test } from 'vitest'
import { label } from './label.ts'
import { whyNoKnownUsername, whyNoUsername } from './names.ts'

/** What is invisible, each by its code point: from all over Unicode, alone or behind a name. */
const unseen = [
  0x00, 0x85, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x180f, 0x200b, 0x200c, 0x200d,
  0x200e, 0x2028, 0x202e, 0x2060, 0x2066, 0x206f, 0x2800, 0x3164, 0xfe00, 0xfe0e, 0xfe0f, 0xfeff, 0xffa0, 0xfff9,
  0xfffc, 0x16fe4, 0x1bca0, 0x1d159, 0x1d173, 0xe0001, 0xe0061, 0xe0100,
]
/** Private use, noncharacters, not assigned, half of a pair. */
const undefinedCharacters = [0xe000, 0xf8ff, 0xf0000, 0x10fffd, 0xfdd0, 0xffff, 0x1fffe, 0x378, 0xe0080]

const hex = (point: number) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
const places = (character: string) => [
  character,
  `ada${character}`,
  `${character}ada`,
  `a${character}da`,
  `ada ${character}`,
]
const whyNoLabel = (text: string) => label.safeParse(text).error?.issues[0]?.message

test.each(unseen.map((point) => [hex(point), String.fromCodePoint(point)]))(
  '%s makes no name, alone or with others',
  (_, character) => {
    for (const text of places(character)) {
      expect(whyNoUsername(text), JSON.stringify(text)).toMatch(/invisible|is blank|white space/)
      // A line break around a label is white space around it: here it is inside.
      expect(whyNoLabel(`x${text}x`), JSON.stringify(text)).toBe('contains an invisible or control character')
    }
  },
)

test.each(undefinedCharacters.map((point) => [hex(point), String.fromCodePoint(point)]))(
  '%s is in no name',
  (_, character) => {
    for (const text of places(character)) {
      expect(whyNoUsername(text)).toBe('contains a character that Unicode does not define')
      expect(whyNoLabel(text)).toBe('contains a character that Unicode does not define')
    }
  },
)

test('a lone surrogate is in no name', () => {
  for (const text of places('\ud800')) expect([whyNoUsername(text), whyNoLabel(text)]).not.toContain(undefined)
})

describe('a name of somebody new', () => {
  test.each([
    ['Latin', 'ada@example.com'],
    ['markup elsewhere', '<b>"ada"</b>'],
    ['single spaces', 'Ada King Lovelace'],
    ['Han', '李小龍'],
    ['Hangul', '김철수'],
    ['Hebrew with points', 'עָדָה'],
    ['Khmer', 'សុខា'],
    ['Devanagari with a virama', 'प्रिया'],
    ['Braille', '⠁⠙⠁'],
    ['an emoji', '🔑'],
    ['an emoji of two code points', '❤️'],
    ['a family', '👨‍👩‍👧'],
    ['an emoji with a skin and a joiner', 'ada 👩🏽‍💻'],
    ['a flag', '🇨🇭'],
    ['a keycap', '1️⃣'],
  ])('may be both a username and a display name: %s', (_, name) => {
    const text = name.normalize('NFC')
    expect([whyNoUsername(text), label.parse(name)]).toEqual([undefined, text])
  })

  test.each([
    ['Persian with a ZWNJ', 'علی‌رضا'],
    ['Persian with two', 'می‌خواهم‌ش'],
    ['Devanagari with a ZWJ', 'क्‍ष'],
    ['Devanagari with a ZWNJ after the virama', 'क्‌ष'],
    ['Sinhala', 'ශ්‍රී'],
    ['Malayalam', 'അവന്‍'],
    ['vowel signs around a ZWNJ', 'بَ‌ب'],
    ['words and an emoji around', 'Dr. علی‌رضا 👨‍👩‍👧'],
    ['the flag of a country’s part', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
  ])('may be a display name, and no username: %s', (_, name) => {
    expect(label.parse(name)).toBe(name.normalize('NFC'))
    expect(whyNoUsername(name.normalize('NFC'))).toBe('contains an invisible or control character')
  })

  test.each([
    ['a ZWNJ between Latin letters', 'ad\u200ca'],
    ['a ZWJ between Latin letters', 'ad\u200da'],
    ['a ZWNJ where letters would not join', 'د\u200cر'],
    ['a ZWNJ at the end', 'علی\u200c'],
    ['a ZWNJ at the beginning', '\u200cعلی'],
    ['two ZWNJ', 'علی\u200c\u200cرضا'],
    ['a ZWJ without a virama', 'क\u200dष'],
    ['a ZWJ twice', 'क्\u200d\u200dष'],
    ['a joiner beside a space', 'علی \u200cرضا'],
    ['emoji that are joined and are none', '🔑\u200d🔑'],
    ['an emoji with a joiner behind it', '👨‍👩‍👧\u200d'],
    ['a variation selector where none belongs', '🔑\ufe0f'],
    ['a variation selector behind a letter', 'a\ufe0f'],
    ['a text style', '❤\ufe0e'],
  ])('may be neither: %s', (_, name) => {
    expect(whyNoLabel(name)).toBe('contains an invisible or control character')
    expect(whyNoUsername(name)).toBe('contains an invisible or control character')
  })

  test.each(['Ada  Lovelace', 'Ada\u00a0Lovelace', 'Ada\u3000Lovelace', 'Ada\u2009Lovelace'])(
    'has single plain spaces: %j',
    (name) => {
      expect(whyNoUsername(name)).toBe('has white space that is no single space')
      expect(label.parse(` ${name} `)).toBe('Ada Lovelace')
    },
  )

  test('has 64 code points at most', () => {
    expect([whyNoUsername('🔑'.repeat(64)), whyNoLabel('🔑'.repeat(64))]).toEqual([undefined, undefined])
    expect(whyNoUsername('🔑'.repeat(65))).toBe('is longer than 64 characters')
    expect(whyNoLabel('👨‍👩‍👧'.repeat(13))).toBe('is longer than 64 characters')
  })
})

test.each(['ada\u3164', '\u2800', 'ada\ufe0f', 'Ada  Lovelace', 'ada\ue000', '👨‍👩‍👧'])(
  'who is called %j already may be asked for',
  (name) => {
    expect(whyNoKnownUsername(name)).toBeUndefined()
  },
)
