import { algorithmOf } from '../algorithms.ts'
import { toHex } from '../decode/bytes.ts'
import type { AttestationObject } from '../decode/index.ts'
import { certificateParts } from './certificate-parts.ts'

const idEcPublicKey = '1.2.840.10045.2.1'

/** prime256v1, as it stands in a certificate. */
const p256 = '06082a8648ce3d030107'

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
 * What is wrong with a statement that SimpleWebAuthn does not look at, by its format; undefined where nothing is.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-defined-attestation-formats
 */
export function statementFault(object: AttestationObject): string | undefined {
  const [certificate, ...issuers] = (object.attStmt.get('x5c') ?? []) as Uint8Array[]
  if (!certificate) return undefined
  if (object.fmt === 'packed') return packedFault(certificate)
  return object.fmt === 'fido-u2f' ? u2fFault(object, certificate, issuers) : undefined
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements */
function packedFault(certificate: Uint8Array): string | undefined {
  const { basicConstraints, aaguid } = certificateParts(certificate) ?? {}
  if (basicConstraints?.ca !== false) return 'a certificate that does not say that it is no CA'
  return aaguid?.critical ? 'a certificate whose AAGUID is marked as critical' : undefined
}

/** U2F keys have one certificate, and like all of U2F it is on P-256. */
function u2fFault({ authenticatorData }: AttestationObject, certificate: Uint8Array, issuers: Uint8Array[]) {
  if (issuers.length > 0) return `${issuers.length + 1} certificates, where a U2F key has exactly one`
  const { attestedCredentialData: attested } = authenticatorData?.value ?? {}
  const onP256 = attested?.publicKey?.crv === 1 && curveOf(certificate) === p256
  return onP256 ? undefined : 'a key that is not on P-256'
}

/** The curve of a certificate's key, as the DER of its OID in hex; undefined where the key is of none. */
function curveOf(certificate: Uint8Array | undefined): string | undefined {
  const parts = certificate && certificateParts(certificate)
  const { algorithm, parameters } = parts?.certificate.tbsCertificate.subjectPublicKeyInfo.algorithm ?? {}
  return algorithm === idEcPublicKey && parameters ? toHex(new Uint8Array(parameters)) : undefined
}
