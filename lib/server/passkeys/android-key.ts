import { createHash, verify, X509Certificate } from 'node:crypto'
import { id_ce_keyDescription, KeyDescription } from '@peculiar/asn1-android'
import { AsnConvert } from '@peculiar/asn1-schema'
import { algorithmOf } from '#lib/webauthn/algorithms.ts'
import type { AttestationObject } from '#lib/webauthn/decode/index.ts'
import { certificateParts } from '#lib/webauthn/verify/certificate-parts.ts'
import { importKey } from './public-key.ts'

/** KM_ORIGIN_GENERATED: made in the device, and not brought into it. */
const generated = 0

/** KM_PURPOSE_SIGN. */
const signing = 2

/** How each algorithm hashes what a key in Android's keystore signs, by COSE number. */
const hashes: Readonly<Record<number, string>> = {
  [-7]: 'sha256',
  [-35]: 'sha384',
  [-36]: 'sha512',
  [-257]: 'sha256',
  [-258]: 'sha384',
  [-259]: 'sha512',
}

/** COSE key types by Node's names for them. */
const keyTypes: Readonly<Record<string, number>> = { ec: 2, rsa: 3 }

/**
 * What is wrong with an Android key statement; undefined where nothing is. It is verified here since SimpleWebAuthn does not
 * do so without following the certificates, and fetching the revocation lists that they name.
 *
 * Which part of the device enforces what the certificate says of the key is not asked.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-android-key-attestation
 */
export function androidKeyFault(
  { attStmt, authData, authenticatorData }: AttestationObject,
  clientDataJSON: Uint8Array,
): string | undefined {
  const [certificate] = attStmt.get('x5c') as Uint8Array[]
  const key = authenticatorData?.value?.attestedCredentialData?.publicKey
  const clientDataHash = createHash('sha256').update(clientDataJSON).digest()
  try {
    const { publicKey } = new X509Certificate(certificate ?? '')
    const alg = attStmt.get('alg') as number
    const hash = hashes[alg]
    if (!hash || algorithmOf(alg)?.kty !== keyTypes[publicKey.asymmetricKeyType ?? '']) {
      return 'an algorithm that is not the certificate’s'
    }
    if (!verify(hash, Buffer.concat([authData, clientDataHash]), publicKey, attStmt.get('sig') as Uint8Array)) {
      return 'a signature that does not verify'
    }
    if (!key || !importKey(key).equals(publicKey)) return 'a statement about another key'
    return descriptionFault(descriptionIn(certificate), clientDataHash)
  } catch {
    return 'a statement not of its format'
  }
}

function descriptionIn(certificate: Uint8Array | undefined): KeyDescription | undefined {
  const { extensions = [] } = (certificate && certificateParts(certificate)?.certificate.tbsCertificate) ?? {}
  const described = extensions.find(({ extnID }) => extnID === id_ce_keyDescription)
  return described && AsnConvert.parse(described.extnValue, KeyDescription)
}

/** What is wrong with what a certificate says of its key. */
export function descriptionFault(
  description: KeyDescription | undefined,
  clientDataHash: Uint8Array,
): string | undefined {
  if (!description) return 'a certificate that says nothing of its key'
  const { attestationChallenge, softwareEnforced, teeEnforced } = description
  if (!Buffer.from(attestationChallenge.buffer).equals(clientDataHash)) {
    return 'a statement of another ceremony'
  }
  const lists = [softwareEnforced, teeEnforced]
  if (lists.some(({ allApplications }) => allApplications !== undefined)) return 'a key for all apps of the device'
  const origins = lists.flatMap(({ origin }) => origin ?? [])
  if (origins.length === 0 || origins.some((origin) => origin !== generated)) {
    return 'a key that was not made in the device'
  }
  return lists.some(({ purpose }) => purpose?.includes(signing)) ? undefined : 'a key that is not for signing'
}
