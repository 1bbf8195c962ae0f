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
  const ecdsa = certificate
    ? curveOf(certificate) !== undefined
    : isEcdsa(authenticatorData?.value?.attestedCredentialData?.publicKey?.alg)
  return ecdsa ? sig : undefined
}

/** Whether an algorithm is ECDSA, whose signatures are DER. */
export function isEcdsa(algorithm: number | undefined): boolean {
  return algorithmOf(algorithm)?.kty === 2
}

/**
 * What is wrong with a statement in the format fido-u2f that SimpleWebAuthn does not look at: it takes more than one
 * certificate, and keys on other curves than P-256. Undefined for other formats.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-fido-u2f-attestation
 */
export function u2fFault({ fmt, attStmt, authenticatorData }: AttestationObject): string | undefined {
  if (fmt !== 'fido-u2f') return undefined
  const x5c = attStmt.get('x5c') as Uint8Array[]
  if (x5c.length !== 1) return `${x5c.length} certificates, where a U2F key has exactly one`
  const { attestedCredentialData: attested } = authenticatorData?.value ?? {}
  if (attested?.publicKey?.crv !== 1 || curveOf(x5c[0]) !== 'prime256v1') return 'a key that is not on P-256'
}

function curveOf(certificate: Uint8Array | undefined): string | undefined {
  try {
    return new X509Certificate(certificate ?? '').publicKey.asymmetricKeyDetails?.namedCurve
  } catch {
    return undefined
  }
}
