import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { algorithmOf, curves, keyTypes } from '#lib/webauthn/algorithms.ts'
import type { CosePublicKey } from '#lib/webauthn/decode/index.ts'

/**
 * Why a public key that decodes is none to verify signatures with; undefined where it is one.
 *
 * OpenSSL refuses, for one, a point off its curve, but takes any 32 bytes for an Ed25519 key: those must encode a point in
 * the one way there is, and not be of small order, under which whoever likes can sign. Nothing depends on whether it lies
 * in the group that keys are made in, and to find out costs a multiplication that holds everybody up for milliseconds.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9053#section-7
 * @see https://www.rfc-editor.org/rfc/rfc8032#section-5.1.3
 */
export function publicKeyFault(key: CosePublicKey): string | undefined {
  try {
    importKey(key)
  } catch {
    return 'a key that does not import'
  }
  return curves[key.crv ?? 0]?.name === 'Ed25519' ? ed25519Fault(key.x) : undefined
}

/** A public key as Node has it. */
export function importKey(key: CosePublicKey): KeyObject {
  return createPublicKey({ key: jwkOf(key), format: 'jwk' })
}

function ed25519Fault(x: Uint8Array | undefined): string | undefined {
  try {
    const point = ed25519.Point.fromBytes(x ?? new Uint8Array())
    return point.isSmallOrder() ? 'a point of small order, under which anybody can sign' : undefined
  } catch {
    return 'no point of the curve Ed25519'
  }
}

/**
 * A public key as JWK, which has COSE's own names for its numbers. Of an ML-DSA key the algorithm is a part.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9964
 */
function jwkOf({ kty, crv = 0, alg, ...rest }: CosePublicKey): JsonWebKey {
  const numbers = Object.entries(rest).flatMap(([name, value]) =>
    value instanceof Uint8Array ? [[name, Buffer.from(value).toString('base64url')]] : [],
  )
  const { name } = algorithmOf(alg) ?? {}
  return {
    kty: keyTypes[kty]?.jwk,
    crv: curves[crv]?.name,
    ...(kty === 7 && { alg: name }),
    ...Object.fromEntries(numbers),
  }
}
