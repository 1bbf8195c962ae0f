import { createHash } from 'node:crypto'
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import type { RegistrationResponse } from '#lib/contract/passkeys.ts'
import type { RegistrationContext } from '#lib/webauthn/checks/context.ts'
import { registrationChecks } from '#lib/webauthn/checks/index.ts'
import { decodeAttestationObject, decodeClientData } from '#lib/webauthn/decode/index.ts'
import { statementCborErrors } from '#lib/webauthn/decode/statement-cbor.ts'
import { certificatesOf } from '#lib/webauthn/verify/certificates.ts'
import { verifyRegistration } from '#lib/webauthn/verify/verify-registration.ts'
import type { Vouching } from '#lib/webauthn/verify/vouching.ts'
import { noTrust, type Trust } from '../attestation/trust.ts'
import { clock } from '../clock.ts'
import { publicKeyFault } from './public-key.ts'

/**
 * Every check of a registration, and what it holds.
 *
 * @param holderOf who holds a credential ID already
 * @param trustIn whether a known root vouches for the authenticator; asked only of statements that are valid
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
export async function judgeRegistration(
  credential: RegistrationResponse,
  expected: Parameters<typeof verifyRegistration>[1] & RegistrationContext['expected'],
  holderOf: (credentialId: string) => Promise<RegistrationContext['registered']>,
  trustIn: (vouching: Vouching) => Promise<Trust>,
) {
  const clientData = decodeClientData(Buffer.from(credential.response.clientDataJSON, 'base64url'))
  const object = Buffer.from(credential.response.attestationObject, 'base64url')
  const attestationObject = decodeAttestationObject(object)
  const { authenticatorData } = attestationObject.value ?? {}
  const attested = authenticatorData?.value?.attestedCredentialData
  const decoded = { clientData, attestationObject, ...(authenticatorData ? { authenticatorData } : {}) }
  const verdict = await verifyRegistration(
    credential as unknown as RegistrationResponseJSON,
    expected,
    decoded,
    clock.now(),
  )
  const statement = verdict.attestation.verified ? attestationObject.value : undefined
  const certificates = statement ? certificatesOf(statement) : []
  const trust =
    statement && attested ? await trustIn({ fmt: statement.fmt, certificates, aaguid: attested.aaguid }) : noTrust
  const malformed = expected.attestation?.policy === 'none' ? statementCborErrors(object) : []
  const registered = attested ? await holderOf(Buffer.from(attested.credentialId).toString('base64url')) : 'no'
  const checks = registrationChecks({
    credential,
    ...decoded,
    rpIdHash: createHash('sha256').update(expected.rpId).digest(),
    clientExtensionResults: credential.clientExtensionResults,
    expected,
    registered,
    publicKeyFault: attested?.publicKey && (await publicKeyFault(attested.publicKey)),
    opinion: verdict.opinion,
    attestation: { ...verdict.attestation, ...seen(trust), malformed },
  })
  return {
    checks,
    registered,
    authenticatorData: authenticatorData?.value,
    format: attestationObject.value?.fmt,
    trust,
  }
}

const sources = { 'fido-metadata': 'FIDO’s metadata', 'trust-anchor': 'a trust anchor', 'built-in': 'built in' }

/** Trust as the checks read it. */
function seen({ trusted, source, root, status, reason }: Trust) {
  const vouchedBy = source && root ? `${root} (${sources[source]})` : undefined
  return { trusted, status, vouchedBy, untrusted: reason }
}
