import { fromBase64url } from '#lib/webauthn/decode/bytes.ts'

export type Part = 'header' | 'payload' | 'signature'

export interface TokenParts {
  /** The three parts as they stand in the compact form. */
  compact: Record<Part, string>
  header: Record<string, unknown>
  payload: Record<string, unknown>
  /** The decoded JSON texts, for finding where a claim is. */
  text: Record<'header' | 'payload', string>
}

/** A compact JWT, taken apart without trusting it. What does not decode is empty. */
export function tokenParts(token: string): TokenParts {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const text = { header: textOf(header), payload: textOf(payload) }
  return {
    compact: { header, payload, signature },
    header: objectOf(text.header),
    payload: objectOf(text.payload),
    text,
  }
}

/** Characters [from, to) of the part's base64url that carry a claim: its name, its value and the colon between. */
export function claimSpan(
  text: string,
  claim: string,
  value: unknown,
): readonly [from: number, to: number] | undefined {
  const member = `${JSON.stringify(claim)}:${JSON.stringify(value)}`
  const at = text.indexOf(member)
  if (at < 0) return undefined
  const length = (part: string) => new TextEncoder().encode(part).length
  const from = length(text.slice(0, at))
  return [Math.floor((from * 4) / 3), Math.ceil(((from + length(member)) * 4) / 3)]
}

function textOf(part: string): string {
  const bytes = fromBase64url(part)
  return bytes ? new TextDecoder().decode(bytes) : ''
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
