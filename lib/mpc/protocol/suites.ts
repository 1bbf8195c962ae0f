import type { FROST } from '@noble/curves/abstract/frost.js'
import { ed25519, ed25519_FROST } from '@noble/curves/ed25519.js'
import { schnorr, schnorr_FROST, secp256k1, secp256k1_FROST } from '@noble/curves/secp256k1.js'
import { ProtocolError } from './protocol-error.ts'

/** A point of the suite's group: what commitments are. */
export interface Point {
  add(other: Point): Point
  subtract(other: Point): Point
  multiplyUnsafe(scalar: bigint): Point
  equals(other: Point): boolean
  is0(): boolean
  isTorsionFree(): boolean
}

/** What of the library a suite is made of. */
export interface Suite {
  /** Makes and reshares keys. */
  keygen: FROST
  /** Signs with them. */
  sign: FROST
  /** @throws Error for bytes that are no point of the curve. */
  point(bytes: Uint8Array): Point
  /** The group's key from the first commitment of a public package, as verifiers take it: 32 bytes. */
  publicKey(commitment: Uint8Array): Uint8Array
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
}

/**
 * The suites that are offered.
 *
 * Taproot's suite tweaks what its own key generation gives, with the empty Merkle root, and a key that was tweaked is another
 * key after each resharing: keys are therefore made with plain secp256k1's, which gives shares that Taproot's signing takes.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9591 FROST
 * @see https://github.com/bitcoin/bips/blob/master/bip-0340.mediawiki schnorr-secp256k1's signatures
 */
const suites = {
  ed25519: {
    keygen: ed25519_FROST,
    sign: ed25519_FROST,
    point: (bytes) => ed25519.Point.fromBytes(bytes) as Point,
    publicKey: (commitment) => Uint8Array.from(commitment),
    verify: (signature, message, publicKey) => ed25519.verify(signature, message, publicKey, { zip215: false }),
  },
  'schnorr-secp256k1': {
    keygen: secp256k1_FROST,
    sign: schnorr_FROST,
    point: (bytes) => secp256k1.Point.fromBytes(bytes) as Point,
    publicKey: (commitment) => Uint8Array.from(commitment.subarray(1)),
    verify: (signature, message, publicKey) => schnorr.verify(signature, message, publicKey),
  },
} as const satisfies Record<string, Suite>

export type SuiteName = keyof typeof suites

export const suiteNames = Object.keys(suites) as SuiteName[]

/**
 * A suite's name as one that is offered.
 *
 * @throws ProtocolError suite_unsupported
 */
export function suiteNameOf(name: string): SuiteName {
  const suite = suiteNames.find((one) => one === name)
  if (suite) return suite
  throw new ProtocolError(
    'suite_unsupported',
    `The suites are ${suiteNames.join(' and ')}. ECDSA is not among them: no audited library with a permissive licence does it with a threshold, and a key is never put together to sign.`,
  )
}

export function suiteOf(name: SuiteName): Suite {
  return suites[name]
}

/**
 * Whether bytes are a point of the suite's group, and not its identity.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9591#section-3.1 DeserializeElement
 */
export function isElement(suite: SuiteName, bytes: Uint8Array): boolean {
  try {
    const point = suiteOf(suite).point(bytes)
    return !point.is0() && point.isTorsionFree()
  } catch {
    return false
  }
}

/** Whether a signature is one of the message under the key of 32 bytes, by the suite's plain verifier. */
export function verify(suite: SuiteName, signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return suiteOf(suite).verify(signature, message, publicKey)
  } catch {
    return false
  }
}
