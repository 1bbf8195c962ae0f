import type { AttestationObject, AuthenticatorData, ClientData, Decoded } from '../decode/index.ts'
import type { UserVerification } from '../options.ts'

/** What the checks of both ceremonies read: plain data, decoded, hashed and verified beforehand. */
export interface CeremonyContext {
  /** The outer members of the response, as they were sent. */
  credential: { id: string; rawId: string; type: string }
  clientData: Decoded<ClientData>
  /** Absent when the attestation object that should hold it does not decode. */
  authenticatorData?: Decoded<AuthenticatorData>
  /** SHA-256 of the RP ID. */
  rpIdHash: Uint8Array
  clientExtensionResults: Readonly<Record<string, unknown>>
  expected: CeremonyExpectation
  /** What another implementation makes of the whole response. */
  opinion: { verified: boolean; reason?: string }
}

/** What was asked for when the ceremony began. */
export interface CeremonyExpectation {
  /** base64url, exactly as the options carried it. */
  challenge: string
  /** Serialized origins, compared as they stand. */
  origins: readonly string[]
  rpId: string
  userVerification: UserVerification
  /** Identifiers of the extensions that were asked for. */
  extensions?: readonly string[]
}

export interface RegistrationContext extends CeremonyContext {
  attestationObject: Decoded<AttestationObject>
  expected: CeremonyExpectation & {
    /** COSE numbers of `pubKeyCredParams`. */
    algorithms: readonly number[]
  }
  /** Who holds this credential ID already, within the tenant and environment. */
  registered: 'no' | 'same-user' | 'other-user'
  /** Whether the new key imports where signatures are verified: a point off its curve does not. */
  publicKey: { valid: boolean }
  attestation: {
    /** The verdict on the statement's signature; undefined where none could be reached. */
    verified: boolean | undefined
    reason?: string
    /** True only where a known root vouches for the authenticator. */
    trusted: boolean
  }
}

export interface AuthenticationContext extends CeremonyContext {
  authenticatorData: Decoded<AuthenticatorData>
  expected: CeremonyExpectation & {
    /** base64url credential IDs; empty or absent: any. */
    allowCredentials?: readonly string[]
    /** The user named when the ceremony began, or null for a usernameless sign-in. `handle` is base64url. */
    user: { id: string; handle: string } | null
  }
  /** base64url; null or empty when the authenticator gave none. */
  userHandle: string | null
  /** The stored passkey that `credential.id` names, or null. */
  passkey: { userId: string; userHandle: string; signCount: number; backupEligible: boolean } | null
  signature: {
    /** The verdict under the stored public key; undefined where none could be reached. */
    valid: boolean | undefined
    reason?: string
  }
}
