import { createPublicKey, type JsonWebKey } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { verifySignature } from '@simplewebauthn/server/helpers'
import { curves, keyTypes } from '#lib/webauthn/algorithms.ts'
import type {
  AttestationObject,
  AuthenticatorData,
  ClientData,
  CosePublicKey,
  Decoded,
} from '#lib/webauthn/decode/index.ts'
import type { UserVerification } from '#lib/webauthn/options.ts'

/** SimpleWebAuthn's own: what it accepts, or the reason it gave. */
export interface Opinion {
  verified: boolean
  reason?: string
}

// Formats whose attestation chain SimpleWebAuthn holds against its vendor's root; of others it knows no root.
const rooted = new Set(['apple', 'android-key', 'android-safetynet'])

interface Expected {
  challenge: string
  origins: string[]
  rpId: string
  userVerification: UserVerification
}

export function verifyRegistration(
  response: RegistrationResponseJSON,
  expected: Expected & { algorithms: number[] },
): Promise<Opinion> {
  return opinionOf(() =>
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
 * The opinion on the attestation statement alone, whatever else is wrong with the response: SimpleWebAuthn is asked
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
  const opinion = await opinionOf(() =>
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
  return { ...opinion, trusted: opinion.verified && rooted.has(attestationObject.value?.fmt ?? '') }
}

export function verifyAuthentication(
  response: AuthenticationResponseJSON,
  expected: Expected,
  credential: { id: string; publicKey: Uint8Array<ArrayBuffer>; counter: number },
): Promise<Opinion> {
  return opinionOf(() =>
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

/** The opinion on an assertion's signature alone, whatever else is wrong with the response. */
export async function verifyAssertionSignature(
  response: AuthenticationResponseJSON['response'],
  publicKey: Uint8Array<ArrayBuffer>,
): Promise<{ valid: boolean | undefined; reason?: string }> {
  const clientDataHash = await crypto.subtle.digest('SHA-256', Buffer.from(response.clientDataJSON, 'base64url'))
  const data = Buffer.concat([Buffer.from(response.authenticatorData, 'base64url'), Buffer.from(clientDataHash)])
  const { verified, reason } = await opinionOf(async () => ({
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
  try {
    createPublicKey({ key: jwkOf(key ?? { kty: 0, alg: 0 }), format: 'jwk' })
    return true
  } catch {
    return false
  }
}

/** A public key as JWK, which has COSE's own names for its numbers. */
function jwkOf({ kty, crv = 0, ...rest }: CosePublicKey): JsonWebKey {
  const numbers = Object.entries(rest).flatMap(([name, value]) =>
    value instanceof Uint8Array ? [[name, Buffer.from(value).toString('base64url')]] : [],
  )
  return { kty: keyTypes[kty]?.jwk, crv: curves[crv]?.name, ...Object.fromEntries(numbers) }
}

async function opinionOf(verify: () => Promise<{ verified: boolean }>): Promise<Opinion> {
  try {
    const { verified } = await verify()
    return verified ? { verified } : { verified, reason: 'The signature does not verify.' }
  } catch (error) {
    return { verified: false, reason: (error as Error).message.slice(0, 300) }
  }
}
