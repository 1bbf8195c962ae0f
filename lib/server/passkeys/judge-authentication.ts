import { createHash } from 'node:crypto'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { AuthenticationResponse } from '#lib/contract/passkeys.ts'
import type { AuthenticationContext } from '#lib/webauthn/checks/context.ts'
import { authenticationChecks } from '#lib/webauthn/checks/index.ts'
import { decodeAuthenticatorData, decodeClientData } from '#lib/webauthn/decode/index.ts'
import { verifyAuthentication } from '#lib/webauthn/verify/verify-authentication.ts'
import { nobodysKey } from './nobody.ts'

/** What is known of the passkey that a response names. */
interface Registered {
  userId: string
  userHandle: string
  rpId?: string | null
  publicKey: Uint8Array<ArrayBuffer>
  algorithm: number
  signCount: number
  backupEligible: boolean
}

const unknown: Pick<AuthenticationContext, 'opinion' | 'signature'> = {
  opinion: { outcome: 'refused', reason: 'a credential that is not known here' },
  signature: { valid: undefined, reason: 'no public key is known for this credential' },
}

/**
 * Every check of an authentication, and what it holds. For an unknown credential the same work is done under nobody's key,
 * and its outcome is not used.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export async function judgeAuthentication(
  credential: AuthenticationResponse,
  expected: Parameters<typeof verifyAuthentication>[1] & AuthenticationContext['expected'],
  passkey: Registered | null,
) {
  const { response } = credential
  const decoded = {
    clientData: decodeClientData(Buffer.from(response.clientDataJSON, 'base64url')),
    authenticatorData: decodeAuthenticatorData(Buffer.from(response.authenticatorData, 'base64url')),
  }
  const asked = credential as unknown as AuthenticationResponseJSON
  const known = await verifyAuthentication(
    asked,
    expected,
    decoded,
    passkey ?? { publicKey: nobodysKey(), algorithm: -7, signCount: 0 },
  )
  const checks = authenticationChecks({
    credential,
    ...decoded,
    rpIdHash: hashOf(expected.rpId),
    ...(expected.appId === undefined ? {} : { appIdHash: hashOf(expected.appId) }),
    clientExtensionResults: credential.clientExtensionResults,
    expected,
    userHandle: response.userHandle ?? null,
    passkey,
    ...(passkey ? known : unknown),
  })
  return { checks, authenticatorData: decoded.authenticatorData.value }
}

function hashOf(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}
