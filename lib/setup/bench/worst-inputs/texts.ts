/** The most that a JSON body may hold, less what stands around a text in it. */
export const room = 64 * 1024 - 512

/** Text that is dear to compare, to normalize, to split into what people see as letters, or to match: by name. */
export const texts: Record<string, string> = {
  spaces: ' ',
  'one letter': 'a',
  'letters and dots': 'a.',
  digits: '1',
  'half an escape': '%',
  colons: '::',
  'an address’s beginning': 'http://a.',
  'combining marks': '\u0301\u0316',
  'letters that are several in another case': '\u0130\u0390',
  'characters that are two each': '\u{1d15e}',
  'ligatures that are words': '\ufdfa',
  'jamo of syllables': '\u1112\u1161\u11ab',
  'joined emoji': '👩‍❤️‍💋‍👨',
  'letters of both directions': 'אa',
}

/** So much of a text, in bytes of UTF-8, after a letter. */
export function long(text: string, bytes: number): string {
  return `a${text.repeat(Math.max(1, Math.floor((bytes - 1) / Buffer.byteLength(text))))}`
}
