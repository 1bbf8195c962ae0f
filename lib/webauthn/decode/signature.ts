import { algorithms } from '../algorithms.ts'
import { toHex } from './bytes.ts'
import type { Decoded, DecodedNode } from './node.ts'

/**
 * Reads a signature: its two halves, where it is of an elliptic curve; else it is opaque.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-signature-attestation-types
 */
export function decodeSignature(bytes: Uint8Array): Decoded<undefined> {
  const children = ecdsa(bytes) ?? ed25519(bytes)
  const node: DecodedNode = {
    name: 'signature',
    value: toHex(bytes),
    range: [0, bytes.length],
    ...(children ? { children } : { note: `one opaque value, as ${makerOf(bytes)} makes it` }),
  }
  return { node, errors: [] }
}

/** What makes signatures of that many bytes: those of ML-DSA have lengths that no RSA key has. */
function makerOf({ length }: Uint8Array): string {
  return algorithms.find(({ signature }) => signature === length)?.name ?? 'RSA'
}

function ecdsa(bytes: Uint8Array): DecodedNode[] | undefined {
  const head = (bytes[1] ?? 0) > 0x80 ? 3 : 2
  if (bytes[0] !== 0x30 || (head === 3 ? bytes[2] : bytes[1]) !== bytes.length - head) return undefined
  const r = integer(bytes, head, 'r', 'ECDSA: from a random point on the curve, fresh for each signature')
  const s = r?.range && integer(bytes, r.range[1], 's', 'ties that point, the message and the private key together')
  return r && s && s.range?.[1] === bytes.length ? [r, s] : undefined
}

function ed25519(bytes: Uint8Array): DecodedNode[] | undefined {
  if (bytes.length !== 64) return undefined
  const half = (name: string, from: number, note: string): DecodedNode => ({
    name,
    note,
    value: toHex(bytes.subarray(from, from + 32)),
    range: [from, from + 32],
  })
  return [
    half('R', 0, 'Ed25519: a point on the curve, fresh for each message'),
    half('S', 32, 'ties that point, the message and the private key together'),
  ]
}

function integer(bytes: Uint8Array, at: number, name: string, note: string): DecodedNode | undefined {
  const length = bytes[at + 1]
  if (bytes[at] !== 0x02 || length === undefined || at + 2 + length > bytes.length) return undefined
  return { name, note, value: toHex(bytes.subarray(at + 2, at + 2 + length)), range: [at + 2, at + 2 + length] }
}
