import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { AttributeValue, id_ce_subjectAltName, SubjectAlternativeName, Validity } from '@peculiar/asn1-x509'
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { encode } from 'cborg'
import type { CeremonyContext } from '../checks/context.ts'
import { fromBase64url, toBase64url } from '../decode/bytes.ts'
import { type AttestationObject, decodeAttestationObject } from '../decode/index.ts'
import { certificateParts } from './certificate-parts.ts'

/** What SimpleWebAuthn is shown of a response. */
export interface Shown {
  response: RegistrationResponseJSON
  /** What its opinion is instead of “verified”, where it was not shown all. */
  otherwise?: CeremonyContext['opinion']
}

/**
 * A response as if it had no attestation. What is signed is the authenticator data and the client data: those stay.
 *
 * @param otherwise what an opinion on the rest alone is called; absent: it is one on all that is asked
 */
export function withoutStatement(
  response: RegistrationResponseJSON,
  { authData }: AttestationObject,
  otherwise?: Shown['otherwise'],
): Shown {
  return { response: withObject(response, 'none', new Map(), authData), ...(otherwise && { otherwise }) }
}

/**
 * A response as SimpleWebAuthn reads statements: it refuses those whose certificate is out of its period before it looks at the
 * signature. How old a chain may be is a matter of trust, so that it is shown one of the same key and of today.
 */
export function inPeriod(
  response: RegistrationResponseJSON,
  { fmt, attStmt, authData }: AttestationObject,
  now: number,
): Shown {
  const [signer, ...issuers] = (attStmt.get('x5c') ?? []) as Uint8Array[]
  const parts = ['packed', 'tpm'].includes(fmt) && signer && certificateParts(signer)
  if (!parts) return { response }
  const { certificate } = parts
  const { notBefore, notAfter } = certificate.tbsCertificate.validity
  if (notBefore.getTime().getTime() <= now && now <= notAfter.getTime().getTime()) return { response }
  const day = 86_400_000
  certificate.tbsCertificate.validity = new Validity({ notBefore: new Date(now - day), notAfter: new Date(now + day) })
  // The certificate’s own bytes are no longer those that were signed.
  delete certificate.tbsCertificateRaw
  const today = new Uint8Array(AsnConvert.serialize(certificate))
  const statement = new Map(attStmt).set('x5c', [today, ...issuers])
  const reason = 'it refuses a certificate out of its period; how old a chain may be is for the policy to say'
  return { response: withObject(response, fmt, statement, authData), otherwise: { outcome: 'differs', reason } }
}

/** tcg-at-tpmManufacturer, and the value of the one that FIDO's own tests are made by. */
const [idMaker, knownMaker] = ['2.23.133.2.1', 'id:FFFFF1D0']

/** A TPM's registration with a maker that SimpleWebAuthn knows; what is signed is in no certificate. */
export function withKnownMaker(response: RegistrationResponseJSON): RegistrationResponseJSON {
  const { fmt, attStmt, authData } = objectIn(response)
  const [signer, ...issuers] = attStmt.get('x5c') as Uint8Array[]
  const { certificate } = (signer && certificateParts(signer)) ?? {}
  const extension = certificate?.tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_subjectAltName)
  if (!certificate || !extension) return response
  const names = AsnConvert.parse(extension.extnValue, SubjectAlternativeName)
  for (const { directoryName = [] } of names) {
    for (const attribute of directoryName.flatMap((part) => [...part])) {
      if (attribute.type === idMaker) attribute.value = new AttributeValue({ utf8String: knownMaker })
    }
  }
  extension.extnValue = new OctetString(AsnConvert.serialize(names))
  delete certificate.tbsCertificateRaw
  const known = new Uint8Array(AsnConvert.serialize(certificate))
  return withObject(response, fmt, new Map(attStmt).set('x5c', [known, ...issuers]), authData)
}

/** A U2F key's registration without its AAGUID, which its statement does not sign. */
export function withoutModel(response: RegistrationResponseJSON): RegistrationResponseJSON {
  const { fmt, attStmt, authData } = objectIn(response)
  const [from, to] = aaguidRange
  return withObject(response, fmt, attStmt, Uint8Array.from(authData).fill(0, from, to))
}

/** Of the AAGUID in authenticator data. @see https://www.w3.org/TR/webauthn-3/#sctn-attested-credential-data */
const aaguidRange = [37, 53] as const

function objectIn({ response }: RegistrationResponseJSON): AttestationObject {
  const { value } = decodeAttestationObject(fromBase64url(response.attestationObject) ?? new Uint8Array())
  if (!value) throw new Error('The attestation object does not decode.')
  return value
}

function withObject(
  response: RegistrationResponseJSON,
  fmt: string,
  attStmt: ReadonlyMap<unknown, unknown>,
  authData: Uint8Array,
): RegistrationResponseJSON {
  const members = Object.entries({ fmt, attStmt: new Map(attStmt), authData })
  const attestationObject = toBase64url(encode(new Map<string, unknown>(members)))
  return { ...response, response: { ...response.response, attestationObject } }
}
