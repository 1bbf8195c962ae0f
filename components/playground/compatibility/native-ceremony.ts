import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/browser'
import type { RegisterFinish } from '#lib/contract/passkeys.ts'
import type { Client } from '#lib/sdk/client.ts'
import { cancellable } from '#lib/sdk/credentials/cancellable.ts'
import { DialogueError } from '#lib/sdk/credentials/credential-errors.ts'
import { registrationJson } from '#lib/sdk/credentials/credential-json.ts'
import { Recorder } from '../recorder.ts'
import type { Failure, Run } from '../run.ts'

interface Native {
  parseCreationOptionsFromJSON?: (options: unknown) => PublicKeyCredentialCreationOptions
  prototype: object
}

/** What of the browser’s own JSON functions is missing. */
export function lackingJson(): string[] {
  const api = globalThis.PublicKeyCredential as unknown as Native | undefined
  return [
    ...(api?.parseCreationOptionsFromJSON ? [] : ['parseCreationOptionsFromJSON']),
    ...(api && 'toJSON' in api.prototype ? [] : ['toJSON']),
  ]
}

/** A registration by the browser’s own JSON functions, and the members in which its JSON is not what the credential says. */
export async function registerNatively(
  client: Promise<Client>,
  username: string,
  signal: AbortSignal,
  explain: (error: unknown, run: Run | undefined) => Promise<Failure>,
): Promise<{ run: Run; differences: string[] }> {
  let latest: Run | undefined
  let differences: string[] = []
  const recorder = new Recorder('registration', (run) => {
    latest = run
  })
  try {
    const body = { username, options: { authenticatorSelection: { residentKey: 'discouraged' as const } } }
    const begun = await recorder.exchange({ id: 'begin', body }, { id: 'options', label: 'options' }, async () =>
      (await client).passkeys.register.begin(body, { signal }),
    )
    const options = begun.publicKey as unknown as PublicKeyCredentialCreationOptionsJSON
    const native = await recorder.ask(
      { label: 'navigator.credentials.create', body: options },
      'attestation',
      async () => {
        const credential = await cancellable(signal, () => created(options, signal))
        const json = credential.toJSON() as RegistrationResponseJSON
        differences = differingMembers(json, registrationJson(credential))
        return json
      },
    )
    const finish = { ceremonyId: begun.ceremonyId, credential: native as RegisterFinish['credential'] }
    const registered = await recorder.exchange(
      { id: 'finish', body: finish },
      { id: 'answer', label: 'passkey' },
      async () => (await client).passkeys.register.finish(finish, { signal }),
    )
    return { run: recorder.end({ status: 'success', registered }), differences }
  } catch (error) {
    return { run: recorder.end({ status: 'error', failure: await explain(error, latest) }), differences }
  }
}

async function created(options: unknown, signal: AbortSignal): Promise<PublicKeyCredential> {
  const began = performance.now()
  try {
    const api = globalThis.PublicKeyCredential as unknown as Required<Native>
    const publicKey = api.parseCreationOptionsFromJSON(options)
    return (await navigator.credentials.create({ publicKey, signal })) as PublicKeyCredential
  } catch (error) {
    throw new DialogueError('create', error as Error, performance.now() - began)
  }
}

/** Paths of what two JSON values do not have in common. */
export function differingMembers(one: unknown, other: unknown, path = ''): string[] {
  if (!isRecord(one) || !isRecord(other)) return JSON.stringify(one) === JSON.stringify(other) ? [] : [path]
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return names.flatMap((name) => differingMembers(one[name], other[name], path ? `${path}.${name}` : name))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
