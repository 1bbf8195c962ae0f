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
  /**
   * What another implementation makes of the whole response. It `differs` where it refuses what the specification does not,
   * for a reason that is listed.
   */
  opinion: { outcome: 'verified' | 'refused' | 'differs' | 'not asked'; reason?: string | undefined }
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
    /** Made beside another sign-in, with conditional mediation: nobody need be present. */
    conditional?: boolean
    /** What is asked of the attestation; absent: `verify`, of every model. */
    attestation?: AttestationDemand
  }
  /** Who holds this credential ID already, within the tenant and environment. */
  registered: 'no' | 'same-user' | 'other-user'
  /** Why the new key is none to verify signatures with, such as a point off its curve; undefined where it is one. */
  publicKeyFault?: string | undefined
  attestation: {
    /** The verdict on the statement's signature; undefined where none could be reached. */
    verified: boolean | undefined
    reason?: string | undefined
    /** The statement's signature, where it is ECDSA. */
    ecdsa?: Uint8Array | undefined
    /** True only where a known root vouches for the authenticator, and nothing is reported against its model. */
    trusted: boolean
    /** Who does, for people: the root, and where it is known from. */
    vouchedBy?: string | undefined
    /** Why nobody known does, where certificates were brought. */
    untrusted?: string | undefined
    /** What is reported of the model. */
    status?: readonly string[]
    /** Where nothing is asked of the statement: what is wrong with it as CBOR. */
    malformed?: readonly string[]
  }
}

/** A relying party's policy about attestation. */
export interface AttestationDemand {
  /**
   * `none` asks nothing of the statement, `verify` that it is valid where there is one, `require-trusted` that a known root
   * vouches for the authenticator.
   */
  policy: 'none' | 'verify' | 'require-trusted'
  /** AAGUIDs in small letters; empty: all. */
  allowedAaguids: readonly string[]
}

export interface AuthenticationContext extends CeremonyContext {
  authenticatorData: Decoded<AuthenticatorData>
  expected: CeremonyExpectation & {
    /** The AppID that was asked for in the place of the RP ID, for credentials of U2F. */
    appId?: string | undefined
    /** base64url credential IDs; empty or absent: any. */
    allowCredentials?: readonly string[]
    /** The user named when the ceremony began, or null for a usernameless sign-in. `handle` is base64url. */
    user: { id: string; handle: string } | null
    /** For an approval: the action in canonical JSON, the random bytes before it, and the challenge that both make. */
    commitment?: { action: string; salt: string; challenge: string } | undefined
  }
  /** SHA-256 of the AppID, where one was asked for. */
  appIdHash?: Uint8Array
  /** base64url; null or empty when the authenticator gave none. */
  userHandle: string | null
  /** The stored passkey that `credential.id` names, or null. */
  passkey: {
    userId: string
    userHandle: string
    signCount: number
    backupEligible: boolean
    /** The RP ID that it was made for, where that is known. */
    rpId?: string | null
  } | null
  signature: {
    /** The verdict under the stored public key; undefined where none could be reached. */
    valid: boolean | undefined
    reason?: string | undefined
    /** The signature itself, where it is ECDSA. */
    ecdsa?: Uint8Array | undefined
  }
}
