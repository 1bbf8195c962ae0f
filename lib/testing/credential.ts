import type { KeyObject } from 'node:crypto'
import type { HeldCredential } from '#lib/webauthn/authenticator/credential.ts'
import type { KeptForExtensions } from '#lib/webauthn/authenticator/extensions.ts'

/** A credential that the authenticator holds. */
export interface Credential extends HeldCredential, KeptForExtensions {
  privateKey: KeyObject
  /** Whose it is, in words. */
  username?: string | undefined
  displayName?: string | undefined
  /** Whether its counter moves; else the authenticator says. */
  counts?: boolean
}
