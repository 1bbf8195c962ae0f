import { X509Certificate } from 'node:crypto'
import { algorithmOf } from '#lib/webauthn/algorithms.ts'
import type { AttestationObject } from '#lib/webauthn/decode/index.ts'

/**
 * The ECDSA signature in an attestation statement; undefined where there is none. What kind it is says the key that made
 * it: the attestation certificate's, or without one the credential's own.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-defined-attestation-formats
 */
export function ecdsaSignatureOf(object: AttestationObject): Uint8Array | undefined {
  const { attStmt, authenticatorData } = object
  const sig = attStmt.get('sig')
  if (!(sig instanceof Uint8Array)) return undefined
  const [certificate] = (attStmt.get('x5c') ?? []) as Uint8Array[]
  const ecdsa = certificate ? isEc(certificate) : isEcdsa(authenticatorData?.attestedCredentialData?.publicKey?.alg)
  return ecdsa ? sig : undefined
}

/** Whether an algorithm is ECDSA, whose signatures are DER. */
export function isEcdsa(algorithm: number | undefined): boolean {
  return algorithmOf(algorithm)?.kty === 2
}

function isEc(certificate: Uint8Array): boolean {
  try {
    return new X509Certificate(certificate).publicKey.asymmetricKeyType === 'ec'
  } catch {
    return false
  }
}
