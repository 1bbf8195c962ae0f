import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { algorithmOf, curves, keyTypes } from '#lib/webauthn/algorithms.ts'
import type { CosePublicKey } from '#lib/webauthn/decode/index.ts'
import { isEdwards, pointFault } from '#lib/webauthn/verify/edwards.ts'

/**
 * Why a public key that decodes is none to verify signatures with; undefined where it is one.
 *
 * OpenSSL refuses, for one, a point off its curve, but takes any bytes for a key on an Edwards curve: those are looked at here.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9053#section-7
 */
export async function publicKeyFault(key: CosePublicKey): Promise<string | undefined> {
  try {
    importKey(key)
  } catch {
    return 'a key that does not import'
  }
  const curve = curves[key.crv ?? 0]?.name
  return isEdwards(curve) ? pointFault(curve, key.x) : undefined
}

/** A public key as Node has it. */
export function importKey(key: CosePublicKey): KeyObject {
  return createPublicKey({ key: jwkOf(key), format: 'jwk' })
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
