import { createHash } from 'node:crypto'
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import type { RegistrationResponse } from '#lib/contract/passkeys.ts'
import type { RegistrationContext } from '#lib/webauthn/checks/context.ts'
import { registrationChecks } from '#lib/webauthn/checks/index.ts'
import { decodeAttestationObject, decodeClientData } from '#lib/webauthn/decode/index.ts'
import { publicKeyFault } from './public-key.ts'
import { verifyRegistration } from './verify-registration.ts'

/**
 * Every check of a registration, and what it holds.
 *
 * @param holderOf who holds a credential ID already
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
export async function judgeRegistration(
  credential: RegistrationResponse,
  expected: Parameters<typeof verifyRegistration>[1] & RegistrationContext['expected'],
  holderOf: (credentialId: string) => Promise<RegistrationContext['registered']>,
) {
  const clientData = decodeClientData(Buffer.from(credential.response.clientDataJSON, 'base64url'))
  const attestationObject = decodeAttestationObject(Buffer.from(credential.response.attestationObject, 'base64url'))
  const { authenticatorData } = attestationObject.value ?? {}
  const attested = authenticatorData?.value?.attestedCredentialData
  const decoded = { clientData, attestationObject, ...(authenticatorData ? { authenticatorData } : {}) }
  const verdict = await verifyRegistration(credential as unknown as RegistrationResponseJSON, expected, decoded)
  const registered = attested ? await holderOf(Buffer.from(attested.credentialId).toString('base64url')) : 'no'
  const checks = registrationChecks({
    credential,
    ...decoded,
    rpIdHash: createHash('sha256').update(expected.rpId).digest(),
    clientExtensionResults: credential.clientExtensionResults,
    expected,
    registered,
    publicKeyFault: attested?.publicKey && publicKeyFault(attested.publicKey),
    ...verdict,
  })
  return {
    checks,
    registered,
    authenticatorData: authenticatorData?.value,
    format: attestationObject.value?.fmt,
    trusted: verdict.attestation.trusted,
  }
}
