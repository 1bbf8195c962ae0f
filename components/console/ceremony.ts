import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { AuthenticateBegun, AuthenticateFinish, RegisterBegun, RegisterFinish } from '#lib/contract/passkeys.ts'
import { createCredential, getCredential } from '../credentials/credential-call.ts'

/** Who is waited for: the server makes a challenge, the browser and its authenticator answer, the server checks. */
export type Stage = 'challenge' | 'authenticator' | 'check' | 'done'

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
  return finish({ ceremonyId, credential })
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
