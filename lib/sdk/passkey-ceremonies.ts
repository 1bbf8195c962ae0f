import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { AuthenticateBegun, AuthenticateFinish, RegisterBegun, RegisterFinish } from '#lib/contract/passkeys.ts'
import type { Beside } from './credentials/beside.ts'
import { cancellable } from './credentials/cancellable.ts'
import { createCredential, getCredential } from './credentials/credential-call.ts'
import { withoutPrfResults } from './credentials/extension-bytes.ts'

/** A new passkey from the browser, ready to be sent; the dialogue ends with the signal. */
export async function create(
  publicKey: RegisterBegun['publicKey'],
  signal?: AbortSignal,
  beside: Beside = {},
): Promise<RegisterFinish['credential']> {
  const options = publicKey as unknown as PublicKeyCredentialCreationOptionsJSON
  const credential = await cancellable(signal, () => createCredential(options, beside))
  return withoutPrfResults(credential) as RegisterFinish['credential']
}

/** An assertion from the browser, as the browser gave it: what a PRF evaluated is still in it, and is not to be sent. */
export async function get(
  publicKey: AuthenticateBegun['publicKey'],
  signal?: AbortSignal,
  beside: Beside = {},
): Promise<AuthenticateFinish['credential']> {
  const options = publicKey as unknown as PublicKeyCredentialRequestOptionsJSON
  return (await cancellable(signal, () => getCredential(options, beside))) as AuthenticateFinish['credential']
}

export { withoutPrfResults } from './credentials/extension-bytes.ts'
