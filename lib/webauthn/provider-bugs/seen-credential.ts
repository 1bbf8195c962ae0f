import type { CeremonyKind } from '../option.ts'

/** A credential as the page saw the object itself: each part read once, bytes as base64url. */
export interface SeenCredential {
  kind: CeremonyKind
  /** As it was put together member by member. */
  byHand: object
  /** What its own `toJSON()` gave; absent where the browser has none, `threw` where it failed. */
  native?: { json: unknown } | { threw: string }
  /** What its methods gave beside that, of a registration. */
  methods?: { transports?: unknown; publicKeyAlgorithm?: unknown; publicKey?: string; authenticatorData?: string }
}

/** Something that the browser or a passkey provider got wrong in the credential object, or between its parts. */
export interface ProviderBug {
  id: string
  what: string
  expected: string
  actual: string
  spec: string
}
