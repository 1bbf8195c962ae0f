import { id_ce_keyDescription, KeyDescription } from '@peculiar/asn1-android'
import { AsnConvert } from '@peculiar/asn1-schema'
import { verifySignature } from '@simplewebauthn/server/helpers'
import { algorithmOf } from '../algorithms.ts'
import { equalBytes } from '../decode/bytes.ts'
import type { AttestationObject } from '../decode/index.ts'
import { publicKeyInfoOf } from '../decode/keys/public-key.ts'
import { certificateParts } from './certificate-parts.ts'

/** KM_ORIGIN_GENERATED: made in the device, and not brought into it. */
const generated = 0

/** KM_PURPOSE_SIGN. */
const signing = 2

/** The COSE numbers of what a key in Android's keystore signs by: ECDSA and RSA. */
const algorithms: readonly number[] = [-7, -35, -36, -257, -258, -259]

/**
 * What is wrong with an Android key statement; undefined where nothing is. It is verified here since SimpleWebAuthn does not
 * do so without following the certificates, and fetching the revocation lists that they name.
 *
 * Which part of the device enforces what the certificate says of the key is not asked: the union of both lists counts.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-android-key-attestation
 */
export async function androidKeyFault(
  { attStmt, authData, authenticatorData }: AttestationObject,
  clientDataJSON: Uint8Array<ArrayBuffer>,
): Promise<string | undefined> {
  const [signer] = (attStmt.get('x5c') ?? []) as Uint8Array[]
  const { credentialPublicKey, publicKey } = authenticatorData?.value?.attestedCredentialData ?? {}
  const clientDataHash = new Uint8Array(await crypto.subtle.digest('SHA-256', clientDataJSON))
  try {
    const { certificate } = (signer && certificateParts(signer)) ?? {}
    if (!certificate || !credentialPublicKey || !publicKey) return 'a statement not of its format'
    const { subjectPublicKeyInfo, extensions = [] } = certificate.tbsCertificate
    const key = publicKeyInfoOf(publicKey)
    if (!key || !equalBytes(key, new Uint8Array(AsnConvert.serialize(subjectPublicKeyInfo)))) {
      return 'a statement about another key'
    }
    const alg = attStmt.get('alg') as number
    if (!algorithms.includes(alg) || algorithmOf(alg)?.kty !== publicKey.kty) {
      return 'an algorithm that is not the certificate’s'
    }
    // The certificate’s own key, as seen above, and of every curve in this form.
    const signed = await verifySignature({
      signature: Uint8Array.from(attStmt.get('sig') as Uint8Array),
      data: Uint8Array.from([...authData, ...clientDataHash]),
      credentialPublicKey: Uint8Array.from(credentialPublicKey),
      hashAlgorithm: alg,
    })
    if (!signed) return 'a signature that does not verify'
    const described = extensions.find(({ extnID }) => extnID === id_ce_keyDescription)
    return descriptionFault(described && AsnConvert.parse(described.extnValue, KeyDescription), clientDataHash)
  } catch {
    return 'a statement not of its format'
  }
}

/** What is wrong with what a certificate says of its key. */
export function descriptionFault(
  description: KeyDescription | undefined,
  clientDataHash: Uint8Array,
): string | undefined {
  if (!description) return 'a certificate that says nothing of its key'
  const { attestationChallenge, softwareEnforced, teeEnforced } = description
  if (!equalBytes(new Uint8Array(attestationChallenge.buffer), clientDataHash)) {
    return 'a statement of another ceremony'
  }
  const lists = [softwareEnforced, teeEnforced]
  if (lists.some(({ allApplications }) => allApplications !== undefined)) return 'a key for all apps of the device'
  const origins = lists.flatMap(({ origin }) => origin ?? [])
  if (origins.length === 0)
    return 'a key of which neither list of the certificate says its origin (KM_ORIGIN_GENERATED)'
  if (origins.some((origin) => origin !== generated)) return 'a key that was not made in the device'
  const purposes = lists.flatMap(({ purpose }) => purpose ?? [])
  if (purposes.length === 0) return 'a key of which neither list of the certificate says its purpose (KM_PURPOSE_SIGN)'
  return purposes.includes(signing) ? undefined : 'a key that is not for signing'
}
