import type * as drafted from '#lib/webauthn/authenticator/overrides.ts'
import type { CredentialInput } from './credentials.ts'
import type { PrivateKeyInput } from './key.ts'

interface OwnKey {
  /** Signs instead of the credential's own key. */
  privateKey?: PrivateKeyInput
}

/** What to say instead of the truth at a registration; what is not given stays true. */
export interface CreateOverrides extends drafted.CreateOverrides, OwnKey {
  /** The new credential's material, instead of fresh material. */
  credential?: CredentialInput
}

/** What to say instead of the truth at a sign-in; what is not given stays true. */
export interface GetOverrides extends drafted.GetOverrides, OwnKey {}
