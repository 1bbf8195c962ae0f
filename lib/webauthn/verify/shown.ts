import { AsnConvert } from '@peculiar/asn1-schema'
import { Validity } from '@peculiar/asn1-x509'
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { encode } from 'cborg'
import type { CeremonyContext } from '../checks/context.ts'
import { toBase64url } from '../decode/bytes.ts'
import type { AttestationObject } from '../decode/index.ts'
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
