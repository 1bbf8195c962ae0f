import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { AuthenticateFinish, RegisterFinish } from '#lib/contract/passkeys.ts'
import type { Client } from '#lib/sdk/client.ts'
import { cancellable } from '#lib/sdk/credentials/cancellable.ts'
import { createCredential, getCredential } from '#lib/sdk/credentials/credential-call.ts'
import { DialogueError } from '#lib/sdk/credentials/credential-errors.ts'
import { withoutPrfResults } from '#lib/sdk/credentials/extension-bytes.ts'
import { softwareOf } from './authenticator/made-by-software.ts'
import type { Asked } from './options/asked-options.ts'
import { Recorder } from './recorder.ts'
import type { Failure, Run } from './run.ts'
import { WatchedCredential } from './watched-credential.ts'

export { askedOf } from './options/asked-options.ts'

interface Request {
  client: Promise<Client>
  signal: AbortSignal
  /** Sees every step as it happens. */
  publish: (run: Run) => void
  /** Finds the words for what was thrown. */
  explain: (error: unknown, run: Run | undefined) => Promise<Failure>
}

interface Registration extends Request, Asked<'registration'> {
  username: string
  /** The user's own token, which adding a further passkey needs. */
  userToken: string | undefined
}

interface Authentication extends Request, Asked<'authentication'> {
  /** Absent: whoever the passkey belongs to. */
  username?: string
}

/** Makes a passkey, from the begin call to the server's verdict. Never throws: a failure is a way for a run to end. */
export function register({
  client,
  signal,
  username,
  options,
  added,
  mediation,
  userToken,
  ...rest
}: Registration): Promise<Run> {
  return recorded('registration', rest, async (recorder) => {
    const watched = new WatchedCredential('registration')
    const body = { username, ...(options ? { options } : {}), ...(mediation ? { mediation } : {}) }
    const begun = await recorder.exchange({ id: 'begin', body }, { id: 'options', label: 'options' }, async () =>
      (await client).passkeys.register.begin(body, { userToken, signal }),
    )
    const optionsJSON = withMembers(begun.publicKey, added) as unknown as PublicKeyCredentialCreationOptionsJSON
    const credential = await recorder.ask(
      { label: 'navigator.credentials.create', body: optionsJSON, mediation },
      'attestation',
      () => cancellable(signal, () => createCredential(optionsJSON, mediation ? { mediation } : {}, watched.look)),
    )
    recorder.bugs = watched.bugs(credential)
    recorder.software = watched.software
    const finish = {
      ceremonyId: begun.ceremonyId,
      credential: withoutPrfResults(credential) as RegisterFinish['credential'],
    }
    const registered = await recorder.exchange(
      { id: 'finish', body: finish },
      { id: 'answer', label: 'passkey' },
      async () => (await client).passkeys.register.finish(finish, { signal }),
    )
    return { registered }
  })
}

/** Signs in with a passkey, from the begin call to the token. Never throws: a failure is a way for a run to end. */
export function authenticate({
  client,
  signal,
  username,
  options,
  added,
  mediation,
  ...rest
}: Authentication): Promise<Run> {
  return recorded('authentication', rest, async (recorder) => {
    const watched = new WatchedCredential('authentication')
    const body = { ...(username ? { username } : {}), ...(options ? { options } : {}) }
    const begun = await recorder.exchange({ id: 'begin', body }, { id: 'options', label: 'options' }, async () =>
      (await client).passkeys.authenticate.begin(body, { signal }),
    )
    const optionsJSON = withMembers(begun.publicKey, added) as unknown as PublicKeyCredentialRequestOptionsJSON
    const credential = await recorder.ask(
      { label: 'navigator.credentials.get', body: optionsJSON, mediation },
      'assertion',
      () => cancellable(signal, () => getCredential(optionsJSON, mediation ? { mediation } : {}, watched.look)),
    )
    recorder.bugs = watched.bugs(credential)
    recorder.software = watched.software
    const finish = {
      ceremonyId: begun.ceremonyId,
      credential: withoutPrfResults(credential) as AuthenticateFinish['credential'],
    }
    const authenticated = await recorder.exchange(
      { id: 'finish', body: finish },
      { id: 'answer', label: 'token' },
      async () => (await client).passkeys.authenticate.finish(finish, { signal }),
    )
    return { authenticated }
  })
}

/** What the browser is called with: what the server answered, and the members that it does not know. */
function withMembers(publicKey: Record<string, unknown>, added: Record<string, unknown> | undefined) {
  if (!added) return publicKey
  const merged = Object.entries(added).map(([name, value]) => {
    const own = publicKey[name]
    return [name, isDictionary(own) && isDictionary(value) ? { ...own, ...value } : value]
  })
  return { ...publicKey, ...Object.fromEntries(merged) }
}

function isDictionary(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function recorded(
  kind: Run['kind'],
  { publish, explain }: Pick<Request, 'publish' | 'explain'>,
  work: (recorder: Recorder) => Promise<Pick<Partial<Run>, 'registered' | 'authenticated'>>,
): Promise<Run> {
  let latest: Run | undefined
  const recorder = new Recorder(kind, (run) => {
    latest = run
    publish(run)
  })
  try {
    const result = await work(recorder)
    return recorder.end({ status: 'success', ...result, bugs: await recorder.bugs })
  } catch (error) {
    if (error instanceof DialogueError) recorder.software = softwareOf(error.cause)
    return recorder.end({ status: 'error', failure: await explain(error, latest), bugs: await recorder.bugs })
  }
}
