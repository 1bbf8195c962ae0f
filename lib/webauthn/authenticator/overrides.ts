import type { Flags } from './authenticator-data.ts'

type Bytes = Uint8Array
type Change<Value, Result = Value> = (value: Value) => Result

/** What to say instead of the truth, in the order in which a response is built. What is not given stays true. */
export interface Overrides {
  /** Members to set (`undefined` leaves one out), or the whole object anew. */
  clientData?: Record<string, unknown> | Change<Record<string, unknown>, unknown>
  /** The client data's very text. */
  clientDataText?: string | Bytes
  /** Hashed into the authenticator data. */
  rpId?: string
  /** Flag by flag, or the whole byte. */
  flags?: Partial<Flags> | number
  signCount?: number
  /** Authenticator extension outputs; sets the flag ED. */
  extensions?: ReadonlyMap<string, unknown>
  /** Before it is signed. */
  authenticatorData?: Change<Bytes>
  signature?: Change<Bytes>
  clientExtensionResults?: Record<string, unknown>
  id?: string
  rawId?: string
  type?: string
}

export interface CreateOverrides extends Overrides {
  /** The ID inside the authenticator data alone. */
  credentialId?: Bytes
  coseKey?: Change<Map<number, unknown>, Map<number, unknown> | Bytes>
  fmt?: string
  attStmt?: Map<string, unknown> | Change<Map<string, unknown>, unknown>
  attestationObject?: Change<Bytes>
}

export interface GetOverrides extends Overrides {
  /** base64url: which credential answers, allowed or not. */
  credentialId?: string
  /** base64url; null gives none. */
  userHandle?: string | null
}
