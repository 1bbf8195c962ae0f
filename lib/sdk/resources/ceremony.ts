import type { AuthenticateBegun, AuthenticateFinish, RegisterBegun, RegisterFinish } from '#lib/contract/passkeys.ts'
import type { Beside } from '../credentials/beside.ts'
import type { Extra } from './send.ts'

/** From a registration's options to a credential, where no browser of this page's is to be asked. */
export type CreateCredential = Asking<RegisterBegun['publicKey'], RegisterFinish['credential']>
/** From an authentication's options to a credential, likewise: tests, native apps. */
export type GetCredential = Asking<AuthenticateBegun['publicKey'], AuthenticateFinish['credential']>
type Asking<Options, Credential> = (
  publicKey: Options,
  signal?: AbortSignal,
  beside?: Beside,
) => Credential | Promise<Credential>

export interface Ceremony<Ask> extends Extra {
  /** Stands in for the browser's dialogue. */
  credential?: Ask
}

/** A ceremony with an existing passkey. The server has nothing to do with its mediation. */
export interface Assertion extends Ceremony<GetCredential>, Beside {}

/** The two calls of a ceremony. */
interface Calls<Body, Begun, Finish, Finished> {
  begin(body: Body, extra: Extra): Promise<Begun>
  finish(body: Finish, extra: Extra): Promise<Finished>
}

/** A whole registration: asks the browser for a new passkey between the two calls, with the mediation that the server is told. */
export async function register<Body extends { mediation?: Beside['mediation'] | null | undefined }, Finished>(
  { begin, finish }: Calls<Body, RegisterBegun, RegisterFinish, Finished>,
  body: Body,
  { credential, userToken, ...extra }: Ceremony<CreateCredential>,
): Promise<Finished> {
  const { ceremonyId, publicKey } = await begin(body, { userToken, ...extra })
  const ask = credential ?? (await import('../passkey-ceremonies.ts')).create
  const made = await ask(publicKey, extra.signal, besideOf(body.mediation))
  return finish({ ceremonyId, credential: made }, extra)
}

/** A whole ceremony that asks the browser for an assertion between the two calls. */
export async function assert<Body, Finished>(
  { begin, finish }: Calls<Body, AuthenticateBegun, AuthenticateFinish, Finished>,
  body: Body,
  { credential, userToken, mediation, ...extra }: Assertion,
): Promise<Finished> {
  const { ceremonyId, publicKey } = await begin(body, { userToken, ...extra })
  const { get, withoutPrfResults } = await import('../passkey-ceremonies.ts')
  const answer = await (credential ?? get)(publicKey, extra.signal, besideOf(mediation))
  return finish({ ceremonyId, credential: withoutPrfResults(answer) }, extra)
}

function besideOf(mediation: Beside['mediation'] | null): Beside {
  return mediation ? { mediation } : {}
}
