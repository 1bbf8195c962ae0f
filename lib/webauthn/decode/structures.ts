import type { Decoded } from './node.ts'

/** The values that the decoders give, in the specification's names. */

/** @see https://www.w3.org/TR/webauthn-3/#dictdef-collectedclientdata */
export interface ClientData {
  type?: unknown
  challenge?: unknown
  origin?: unknown
  crossOrigin?: unknown
  topOrigin?: unknown
  [extra: string]: unknown
}

/** @see https://www.w3.org/TR/webauthn-3/#authdata-flags */
export interface Flags {
  up: boolean
  uv: boolean
  be: boolean
  bs: boolean
  at: boolean
  ed: boolean
  /** The whole byte. */
  byte: number
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-attested-credential-data */
export interface AttestedCredentialData {
  /** As a UUID, lower case. */
  aaguid: string
  credentialId: Uint8Array
  /** The COSE_Key's own bytes. */
  credentialPublicKey: Uint8Array
  /** Absent when the COSE_Key does not decode. */
  publicKey?: CosePublicKey
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data */
export interface AuthenticatorData {
  rpIdHash: Uint8Array
  flags: Flags
  signCount: number
  attestedCredentialData?: AttestedCredentialData
  /** Authenticator extension outputs. */
  extensions?: Map<unknown, unknown>
}

/** @see https://www.rfc-editor.org/rfc/rfc9052#section-7 */
export interface CosePublicKey {
  kty: number
  alg: number
  crv?: number
  x?: Uint8Array
  y?: Uint8Array
  n?: Uint8Array
  e?: Uint8Array
  /** Of an ML-DSA key. */
  pub?: Uint8Array
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-attestation */
export interface AttestationObject {
  fmt: string
  attStmt: Map<unknown, unknown>
  /** The authenticator data's own bytes. */
  authData: Uint8Array
  /** What those say: its ranges count from their own first byte. */
  authenticatorData?: Decoded<AuthenticatorData>
}
