import type * as drafted from '#lib/webauthn/authenticator/overrides.ts'
import type { CredentialInput } from './credentials.ts'
import type { PrivateKeyInput } from './key.ts'

interface Own {
  /** Signs instead of the credential's own key. */
  privateKey?: PrivateKeyInput
  /** The id of a fault of the failure lab that the answer has, such as `bit-flipped`; what is overridden besides goes before it. */
  fault?: string
}

/** What to say instead of the truth at a registration; what is not given stays true. */
export interface CreateOverrides extends drafted.CreateOverrides, Own {
  /** The new credential's material, instead of fresh material. */
  credential?: CredentialInput
}

/** What to say instead of the truth at a sign-in; what is not given stays true. */
export interface GetOverrides extends drafted.GetOverrides, Own {}
