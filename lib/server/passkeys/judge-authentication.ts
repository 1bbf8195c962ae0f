import { createHash } from 'node:crypto'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { AuthenticationResponse } from '#lib/contract/passkeys.ts'
import type { AuthenticationContext } from '#lib/webauthn/checks/context.ts'
import { authenticationChecks, failed } from '#lib/webauthn/checks/index.ts'
import { decodeAuthenticatorData, decodeClientData } from '#lib/webauthn/decode/index.ts'
import { isEcdsa } from '#lib/webauthn/verify/attestation-statement.ts'
import { verifyAuthentication } from '#lib/webauthn/verify/verify-authentication.ts'
import { nobodysKey } from './nobody.ts'
import { isSigned } from './signature.ts'

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

const unshown: AuthenticationContext['opinion'] = {
  outcome: 'not asked',
  reason: 'nobody is shown the checks, and the steps and the signature are good',
}

/**
 * Every check of an authentication, and what it holds. For an unknown credential the same work is done under nobody's key,
 * and its outcome is not used.
 *
 * Where nobody is shown the checks, and Node finds the signature good and the steps find no fault, that is all: what
 * SimpleWebAuthn would say of it is the same (`judge-differential.test.ts`). Whatever is refused, is refused with its opinion.
 *
 * @param shown whether anybody sees the checks of what is accepted
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export async function judgeAuthentication(
  credential: AuthenticationResponse,
  expected: Parameters<typeof verifyAuthentication>[1] & AuthenticationContext['expected'],
  passkey: Registered | null,
  shown = true,
) {
  const { response } = credential
  const decoded = {
    clientData: decodeClientData(Buffer.from(response.clientDataJSON, 'base64url')),
    authenticatorData: decodeAuthenticatorData(Buffer.from(response.authenticatorData, 'base64url')),
  }
  const key = passkey ?? { publicKey: nobodysKey(), algorithm: -7, signCount: 0 }
  const judged = (verdict: Pick<AuthenticationContext, 'opinion' | 'signature'>) => ({
    checks: authenticationChecks({
      credential,
      ...decoded,
      rpIdHash: hashOf(expected.rpId),
      ...(expected.appId === undefined ? {} : { appIdHash: hashOf(expected.appId) }),
      clientExtensionResults: credential.clientExtensionResults,
      expected,
      userHandle: response.userHandle ?? null,
      passkey,
      ...(passkey ? verdict : unknown),
    }),
    authenticatorData: decoded.authenticatorData.value,
  })
  if (!shown && isSigned(response, key.publicKey)) {
    const ecdsa = isEcdsa(key.algorithm) ? Buffer.from(response.signature, 'base64url') : undefined
    const found = judged({ opinion: unshown, signature: { valid: true, ecdsa } })
    if (failed(found.checks).length === 0) return found
  }
  const asked = credential as unknown as AuthenticationResponseJSON
  return judged(await verifyAuthentication(asked, expected, decoded, key))
}

function hashOf(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}
