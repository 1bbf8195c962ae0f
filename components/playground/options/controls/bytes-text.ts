import { fromBase64url, toBase64url, toHex } from '#lib/webauthn/decode/bytes.ts'

/** How bytes are written by hand. */
export const notations = ['text', 'hex', 'base64url'] as const
export type Notation = (typeof notations)[number]

/** Bytes from what is written, or undefined where that is no such notation’s. */
export function bytesOf(text: string, notation: Notation): Uint8Array | undefined {
  if (notation === 'text') return new TextEncoder().encode(text)
  if (notation === 'base64url') return fromBase64url(text.trim()) ?? undefined
  const digits = text.replace(/[\s:]+/g, '')
  if (!/^(?:[\da-f]{2})*$/i.test(digits)) return undefined
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** The same bytes in a notation, or undefined where it cannot write them: not every byte string is text. */
export function writtenBytes(base64url: string, notation: Notation): string | undefined {
  const bytes = fromBase64url(base64url)
  if (!bytes) return undefined
  if (notation === 'base64url') return base64url
  if (notation === 'hex') return toHex(bytes)
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return /[\p{Cc}\p{Cf}]/u.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

/** The first notation that can write the bytes so that a person reads them. */
export function readableNotation(base64url: unknown): Notation {
  if (typeof base64url !== 'string') return 'text'
  return writtenBytes(base64url, 'text') ? 'text' : 'base64url'
}

/** Base64url of what is written, or undefined where that is no such notation’s. */
export function base64urlOf(text: string, notation: Notation): string | undefined {
  const bytes = bytesOf(text, notation)
  return bytes && toBase64url(bytes)
}
