import { fromBase64url, plainBytes } from '#lib/webauthn/decode/bytes.ts'

/** Bytes as people paste them: hex, base64url or base64, with or without padding. Null where a text is none of them. */
export function readBytes(text: string): { bytes: Uint8Array; encoding: 'hex' | 'base64url' } | null {
  const bare = text.replace(/\s/g, '')
  if (/^(?:[\da-f]{2})+$/i.test(bare)) return { bytes: plainBytes(Buffer.from(bare, 'hex')), encoding: 'hex' }
  const bytes = fromBase64url(
    bare
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/={1,2}$/, ''),
  )
  return bytes && { bytes, encoding: 'base64url' }
}
