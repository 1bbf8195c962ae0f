import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { AuthenticateBegun, AuthenticateFinish, RegisterBegun, RegisterFinish } from '#lib/contract/passkeys.ts'
import { ApiError } from '#lib/sdk/call.ts'
import { createCredential, getCredential } from '#lib/sdk/credentials/credential-call.ts'

/** Who is waited for: the server makes a challenge, the browser and its authenticator answer, the server checks. */
export type Stage = 'challenge' | 'authenticator' | 'check' | 'done'

/** Ends what was called off before the browser was asked: its dialogue, which could be aborted, is not open yet. */
export function endIfCalledOff(stage: Stage, calledOff: boolean): void {
  if (stage === 'authenticator' && calledOff) throw new DOMException('Called off.', 'AbortError')
}

/** Makes a passkey. Each stage is announced as it begins. */
export async function makePasskey<Answer>(
  begin: () => Promise<RegisterBegun>,
  finish: (credential: RegisterFinish) => Promise<Answer>,
  enter: (stage: Stage) => void,
): Promise<Answer> {
  enter('challenge')
  const { ceremonyId, publicKey } = await begin()
  enter('authenticator')
  const optionsJSON = publicKey as unknown as PublicKeyCredentialCreationOptionsJSON
  const credential = (await createCredential(optionsJSON)) as RegisterFinish['credential']
  enter('check')
  return finish({ ceremonyId, credential }).catch(async (error) => {
    if (error instanceof ApiError && error.problem.status < 500) await disown(credential.id, optionsJSON.rp.id)
    throw error
  })
}

/** Tells the authenticator that a passkey which it just made opens nothing here, where the browser can. */
async function disown(credentialId: string, rpId = location.hostname): Promise<void> {
  const { signalUnknownCredential } = PublicKeyCredential as Partial<Signals>
  await signalUnknownCredential?.call(PublicKeyCredential, { rpId, credentialId }).catch(() => undefined)
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-signal-methods */
interface Signals {
  signalUnknownCredential(options: { rpId: string; credentialId: string }): Promise<void>
}

/** Asks for a signature by a passkey. Each stage is announced as it begins. */
export async function askPasskey<Answer>(
  begin: () => Promise<AuthenticateBegun>,
  finish: (credential: AuthenticateFinish) => Promise<Answer>,
  enter: (stage: Stage) => void = () => {},
): Promise<Answer> {
  enter('challenge')
  const { ceremonyId, publicKey } = await begin()
  enter('authenticator')
  const optionsJSON = publicKey as unknown as PublicKeyCredentialRequestOptionsJSON
  const credential = (await getCredential(optionsJSON)) as AuthenticateFinish['credential']
  enter('check')
  return finish({ ceremonyId, credential })
}
