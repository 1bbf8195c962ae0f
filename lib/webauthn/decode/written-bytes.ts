import { count } from './count.ts'

/** Bytes that stand in a text, and how they are written in it. */
export interface WrittenBytes {
  bytes: Uint8Array<ArrayBuffer>
  written: 'hex' | 'base64url' | 'base64' | 'base64url or base64'
  /** What is wrong with the writing, where, and what was made of it. */
  errors: string[]
}

/** So many digits before a break show that hex is meant. */
const fewestHexDigits = 8

/** What nobody writes base64 like: digits in pairs, with something before each or between them. */
const pairs = /^\s*(?:(?:0x|\\x)[0-9a-f]|(?:[0-9a-f]{2}[\s:,;-]+){3})/i

/**
 * The bytes that a text may be, the likeliest reading first: hex where nothing but hex digits is in it (with white space,
 * colons, commas, dashes, `0x` or `\x` between them), then base64 in either alphabet, padded or not, over any lines.
 *
 * A text that breaks is read up to there. No reading: the text does not even begin as one.
 */
export function writtenBytes(text: string): WrittenBytes[] {
  const [hex, base64] = [fromHex(text), fromBase64(text)]
  const readings = [hex, base64].filter((reading) => reading !== undefined)
  return hex && base64 && hex.errors.length > 0 && base64.errors.length === 0 && !pairs.test(text)
    ? readings.reverse()
    : readings
}

function fromHex(text: string): WrittenBytes | undefined {
  const bytes = new Uint8Array(text.length >> 1)
  const errors: string[] = []
  let [digits, high] = [0, 0]
  for (const { 0: token, index } of text.matchAll(/0x|\\x|[\s:,;-]+|(?:[0-9a-f](?!x))+|[\s\S]/gi)) {
    if (/^(?:0x|\\x|[\s:,;-])/i.test(token)) continue
    if (!/^[0-9a-f]/i.test(token)) {
      errors.push(`${place(text, index)}: ${quoted(text, index)} is no hex digit; what stands before it is read`)
      break
    }
    for (const digit of token) {
      const value = Number.parseInt(digit, 16)
      if (digits % 2) bytes[digits >> 1] = (high << 4) | value
      else high = value
      digits++
    }
  }
  if (digits === 0 || (errors.length > 0 && digits < fewestHexDigits)) return undefined
  if (digits % 2) errors.push('the last digit is half a byte: left out')
  return { bytes: bytes.slice(0, digits >> 1), written: 'hex', errors }
}

/** The six bits that a character stands for, by its code; 64 for white space. */
const sextets: ReadonlyMap<number, number> = new Map([
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_ \t\r\n\f'].map(
    (character, at) => [character.charCodeAt(0), at < 64 ? at : at < 66 ? at - 2 : 64] as const,
  ),
])

function fromBase64(text: string): WrittenBytes | undefined {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4))
  const errors: string[] = []
  let [length, held, bits, read] = [0, 0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const sextet = sextets.get(text.charCodeAt(at))
    if (sextet === 64) continue
    if (sextet === undefined) {
      if (!/^[\s=]*$/.test(text.slice(at)))
        errors.push(`${place(text, at)}: ${quoted(text, at)} is not of base64’s alphabets; what stands before is read`)
      break
    }
    read++
    held = ((held << 6) | sextet) & 0xfff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes[length++] = held >> bits
  }
  if (length === 0) return undefined
  const [url, plain] = [/[-_]/.test(text), /[+/]/.test(text)]
  if (url && plain && errors.length === 0) errors.push('both alphabets of base64 at once')
  if (read % 4 === 1 && errors.length === 0)
    errors.push(`${count(read, 'character')} are no whole number of bytes: the text is cut, and its last one left out`)
  const written = url ? 'base64url' : plain || text.includes('=') ? 'base64' : 'base64url or base64'
  return { bytes: bytes.slice(0, length), written, errors }
}

/** Where a character stands, as an editor would say it. */
export function place(text: string, at: number): string {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = at - before.lastIndexOf('\n')
  return line === 1 ? `character ${column}` : `line ${line}, character ${column}`
}

function quoted(text: string, at: number): string {
  return `“${String.fromCodePoint(text.codePointAt(at) ?? 0xfffd)}”`
}
