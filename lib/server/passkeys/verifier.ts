import { createPublicKey, type JsonWebKey } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { verifySignature } from '@simplewebauthn/server/helpers'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type {
  AttestationObject,
  AuthenticatorData,
  ClientData,
  CosePublicKey,
  Decoded,
} from '#lib/webauthn/decode/index.ts'

/** SimpleWebAuthn's own verdict: what it accepts, or the reason it gave. */
export interface Verdict {
  verified: boolean
  reason?: string
}

// Formats whose attestation chain SimpleWebAuthn holds against its vendor's root; of others it knows no root.
const rooted = new Set(['apple', 'android-key', 'android-safetynet'])

interface Expected {
  challenge: string
  origins: string[]
  rpId: string
  userVerification: 'required' | 'preferred' | 'discouraged'
}

export function verifyRegistration(
  response: RegistrationResponseJSON,
  expected: Expected & { algorithms: number[] },
): Promise<Verdict> {
  return verdictOf(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origins,
      expectedRPID: expected.rpId,
      requireUserVerification: expected.userVerification === 'required',
      supportedAlgorithmIDs: expected.algorithms,
    }),
  )
}

/**
 * The verdict on the attestation statement alone, whatever else is wrong with the response: SimpleWebAuthn is asked
 * again with every other expectation set to what the response says.
 */
export async function verifyAttestation(
  response: RegistrationResponseJSON,
  clientData: Decoded<ClientData>,
  attestationObject: Decoded<AttestationObject>,
  authenticatorData: Decoded<AuthenticatorData> | undefined,
): Promise<{ verified: boolean | undefined; reason?: string; trusted: boolean }> {
  const { flags, attestedCredentialData: attested } = authenticatorData?.value ?? {}
  const { type, origin } = clientData.value ?? {}
  if (!attested?.publicKey || authenticatorData?.errors.length || (flags?.bs && !flags.be))
    return { verified: undefined, reason: 'the authenticator data is not well-formed', trusted: false }
  if (typeof type !== 'string' || typeof origin !== 'string')
    return { verified: undefined, reason: 'the client data is not well-formed', trusted: false }
  const id = Buffer.from(attested.credentialId).toString('base64url')
  const verdict = await verdictOf(() =>
    verifyRegistrationResponse({
      response: { ...response, id: id || 'AA', rawId: id || 'AA', type: 'public-key' },
      expectedChallenge: () => true,
      expectedOrigin: origin,
      expectedType: type,
      requireUserPresence: false,
      requireUserVerification: false,
      supportedAlgorithmIDs: [attested.publicKey?.alg ?? 0],
    }),
  )
  return { ...verdict, trusted: verdict.verified && rooted.has(attestationObject.value?.fmt ?? '') }
}

export function verifyAuthentication(
  response: AuthenticationResponseJSON,
  expected: Expected,
  credential: { id: string; publicKey: Uint8Array<ArrayBuffer>; counter: number },
): Promise<Verdict> {
  return verdictOf(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origins,
      expectedRPID: expected.rpId,
      requireUserVerification: expected.userVerification === 'required',
      credential,
    }),
  )
}

/** The verdict on an assertion's signature alone, whatever else is wrong with the response. */
export async function verifyAssertionSignature(
  response: AuthenticationResponseJSON['response'],
  publicKey: Uint8Array<ArrayBuffer>,
): Promise<{ valid: boolean | undefined; reason?: string }> {
  const clientDataHash = await crypto.subtle.digest('SHA-256', Buffer.from(response.clientDataJSON, 'base64url'))
  const data = Buffer.concat([Buffer.from(response.authenticatorData, 'base64url'), Buffer.from(clientDataHash)])
  const { verified, reason } = await verdictOf(async () => ({
    verified: await verifySignature({
      signature: Uint8Array.from(Buffer.from(response.signature, 'base64url')),
      data: Uint8Array.from(data),
      credentialPublicKey: publicKey,
    }),
  }))
  return { valid: verified, ...(reason ? { reason } : {}) }
}

/**
 * Whether a public key imports where signatures are verified: OpenSSL refuses, for one, a point off its curve.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9053#section-7
 */
export function importable(key: CosePublicKey | undefined): boolean {
  const { kty, crv = 0 } = key ?? {}
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64url')
  const jwk =
    kty === 2
      ? { kty: 'EC', crv: ['P-256', 'P-384', 'P-521'][crv - 1], x: text(key?.x), y: text(key?.y) }
      : kty === 1
        ? { kty: 'OKP', crv: ({ 6: 'Ed25519', 7: 'Ed448' } as Record<number, string>)[crv], x: text(key?.x) }
        : { kty: 'RSA', n: text(key?.n), e: text(key?.e) }
  try {
    createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
    return true
  } catch {
    return false
  }
}

/** SimpleWebAuthn as a check of its own: a second opinion on what the steps say. */
export function secondOpinion({ verified, reason }: Verdict): Check {
  return {
    id: 'second-opinion',
    title: 'SimpleWebAuthn agrees',
    spec: 'https://simplewebauthn.dev/docs/packages/server',
    outcome: verified ? 'pass' : 'fail',
    expected: 'verified',
    actual: verified ? 'verified' : (reason ?? 'not verified'),
  }
}

async function verdictOf(verify: () => Promise<{ verified: boolean }>): Promise<Verdict> {
  try {
    const { verified } = await verify()
    return verified ? { verified } : { verified, reason: 'The signature does not verify.' }
  } catch (error) {
    return { verified: false, reason: (error as Error).message.slice(0, 300) }
  }
}
