import { algorithmOf, type CoseAlgorithm } from '../algorithms.ts'
import { toHex } from './bytes.ts'
import { hexLine } from './cbor-node.ts'
import { count } from './count.ts'
import type { Decoded, DecodedNode } from './node.ts'
import { errorsOf } from './tree.ts'

/** The parts of an ML-DSA signature in bytes: the hash, the vector of responses, the hints. */
const mlDsa: Readonly<Record<string, readonly [hash: number, responses: number, hints: number]>> = {
  'ML-DSA-44': [32, 2304, 84],
  'ML-DSA-65': [48, 3200, 61],
  'ML-DSA-87': [64, 4480, 83],
}

const nameByLength: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(mlDsa).map(([name, sizes]) => [sizes.reduce((sum, size) => sum + size), name]),
)

/**
 * Reads a signature: its two halves, where it is of an elliptic curve; the three parts of ML-DSA; else it is one number, as
 * RSA makes it. Which it is, the algorithm says (by its COSE number), and without one what the bytes look like.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-signature-attestation-types
 * @see https://csrc.nist.gov/pubs/fips/204/final (7.2, sigEncode)
 */
export function decodeSignature(bytes: Uint8Array, alg?: number): Decoded<undefined> {
  const algorithm = algorithmOf(alg)
  const read = algorithm ? readers[algorithm.kty]?.(bytes, algorithm) : (ecdsa(bytes) ?? edDsa(bytes) ?? lattice(bytes))
  const node: DecodedNode = {
    name: 'signature',
    value: toHex(bytes),
    range: [0, bytes.length],
    ...(read ?? whole(bytes, algorithm)),
  }
  return { node, errors: errorsOf(node) }
}

type Read = Pick<DecodedNode, 'children' | 'error' | 'note'>

/** By the type of the key. */
const readers: Readonly<Record<number, (bytes: Uint8Array, algorithm: CoseAlgorithm) => Read | undefined>> = {
  1: (bytes, { crv }) => edDsa(bytes, crv === 7 ? 57 : 32),
  2: (bytes) => ecdsa(bytes) ?? { error: 'not an ECDSA signature in DER' },
  7: (bytes, { name }) => lattice(bytes, name),
}

function whole(bytes: Uint8Array, algorithm: CoseAlgorithm | undefined): Read {
  if (!algorithm) return { note: 'one opaque value, as RSA makes it' }
  return { note: `${algorithm.name}: one number of ${bytes.length * 8} bits` }
}

function ecdsa(bytes: Uint8Array): Read | undefined {
  const head = (bytes[1] ?? 0) > 0x80 ? 3 : 2
  const length = (head === 3 ? bytes[2] : bytes[1]) ?? 0
  if (bytes[0] !== 0x30 || length < bytes.length - head) return undefined
  const r = integer(bytes, head, 'r', 'ECDSA: from a random point on the curve, fresh for each signature')
  const s = r?.range && integer(bytes, r.range[1], 's', 'ties that point, the message and the private key together')
  if (r && s && s.range?.[1] === bytes.length && length === bytes.length - head) return { children: [r, s] }
  // A shorter one is told from other bytes by the number that it begins with.
  if (length === bytes.length - head || (bytes[head] ?? 2) !== 2) return undefined
  const error = `${count(length, 'byte')} are announced, and ${bytes.length - head} are left`
  return { error, children: [...(r ? [r] : []), ...(s ? [s] : [])] }
}

/** Either curve's, of whose length the bytes are, or the one that is told. */
function edDsa(bytes: Uint8Array, half = bytes.length / 2): Read | undefined {
  if (half !== 32 && half !== 57) return undefined
  const name = half === 32 ? 'Ed25519' : 'Ed448'
  return parts(bytes, [
    ['R', half, `${name}: a point on the curve, fresh for each message`],
    ['S', half, 'ties that point, the message and the private key together'],
  ])
}

/** That of whose length the bytes are, or the one that is told. */
function lattice(bytes: Uint8Array, name = nameByLength[bytes.length]): Read | undefined {
  const sizes = name === undefined ? undefined : mlDsa[name]
  return (
    sizes &&
    parts(bytes, [
      ['c̃', sizes[0], `${name}: the hash that stands for the challenge`],
      ['z', sizes[1], 'the responses: short, which is what is hard to forge'],
      ['h', sizes[2], 'hints: what was rounded away'],
    ])
  )
}

/** Parts of fixed sizes, as far as the bytes go. */
function parts(bytes: Uint8Array, sizes: readonly (readonly [name: string, size: number, note: string])[]): Read {
  const children: DecodedNode[] = []
  let from = 0
  for (const [name, size, note] of sizes) {
    const to = Math.min(from + size, bytes.length)
    if (from < to) children.push({ name, note, value: hexLine(bytes.subarray(from, to)), range: [from, to] })
    from += size
  }
  return {
    children,
    ...(from !== bytes.length && { error: `${from} bytes are needed, and these are ${bytes.length}` }),
  }
}

function integer(bytes: Uint8Array, at: number, name: string, note: string): DecodedNode | undefined {
  const length = bytes[at + 1]
  if (bytes[at] !== 0x02 || length === undefined || at + 2 + length > bytes.length) return undefined
  return { name, note, value: toHex(bytes.subarray(at + 2, at + 2 + length)), range: [at + 2, at + 2 + length] }
}
