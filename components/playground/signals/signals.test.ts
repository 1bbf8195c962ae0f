import { afterEach, expect, test, vi } from 'vitest'
import type { Message, Run } from '../run.ts'
import type { RunRecord } from '../state.ts'
import { initialState } from '../state.ts'
import { lacking, sendSignal } from './signal.ts'
import { holderOf, signalsForDeletion, signalsForNames } from './signals-for.ts'
import { tellProvider } from './tell-provider.ts'

afterEach(() => vi.unstubAllGlobals())

/** A browser with these functions; gives what each was called with. */
function browser(...names: string[]) {
  const called: unknown[] = []
  const functions = names.map((name) => [name, async (input: unknown) => void called.push([name, input])])
  vi.stubGlobal('PublicKeyCredential', Object.fromEntries(functions))
  return called
}

const message = (id: Message['id'], body: unknown): Message => ({
  ...{ id, from: 'browser', to: 'authenticator', label: id, at: 0 },
  body,
})

function record(number: number, kind: Run['kind'], messages: Message[], more: Partial<Run> = {}): RunRecord {
  const run: Run = { kind, startedAt: number, status: 'success', messages, ...more }
  return { number, run, of: { apiKey: 'k', username: 'ada' }, choices: initialState.choices }
}

const user = { id: 'usr_1', username: 'ada', displayName: 'Ada' }
const registered = { user } as Run['registered']
const registration = record(
  1,
  'registration',
  [message('request', { rp: { id: 'acme.example' }, user: { id: 'handle' } }), message('credential', { id: 'one' })],
  registered ? { registered } : {},
)
const authentication = record(2, 'authentication', [
  message('request', { rpId: 'acme.example' }),
  message('credential', { id: 'two', response: { userHandle: 'other' } }),
])
const runs = [registration, authentication]

test('whose a passkey is, is told by the ceremony that made or used it, and by no other', () => {
  expect(holderOf(runs, 'one')).toEqual({ rpId: 'acme.example', userId: 'handle', user })
  expect(holderOf(runs, 'two')).toEqual({ rpId: 'acme.example', userId: 'other', user: undefined })
  expect(holderOf(runs, 'three')).toBeUndefined()
  expect(holderOf([{ ...registration, imported: { number: 1 } }], 'one')).toBeUndefined()
  expect(holderOf([{ ...registration, example: true }], 'one')).toBeUndefined()
})

test('after a deletion the list of those that are left is told where it is whole and the user handle known, else not', () => {
  const left = [{ credentialId: 'two' }]
  const unknown = { name: 'signalUnknownCredential', input: { rpId: 'acme.example', credentialId: 'one' } }
  const gone = { credentialId: 'one' }
  expect(signalsForDeletion(gone, left, holderOf(runs, 'one'), 'other.example')).toEqual([
    unknown,
    {
      name: 'signalAllAcceptedCredentials',
      input: { rpId: 'acme.example', userId: 'handle', allAcceptedCredentialIds: ['two'] },
    },
  ])
  expect(signalsForDeletion(gone, undefined, holderOf(runs, 'one'), 'other.example')).toEqual([unknown])
  expect(signalsForDeletion(gone, left, undefined, 'acme.example')).toEqual([unknown])
})

test('of names a provider is told the user’s alone', () => {
  const holder = holderOf(runs, 'one')
  expect(holder && signalsForNames(holder)).toEqual([
    {
      name: 'signalCurrentUserDetails',
      input: { rpId: 'acme.example', userId: 'handle', name: 'ada', displayName: 'Ada' },
    },
  ])
})

test('what came of a signal is told: taken, refused with the reason, or not sent', async () => {
  const signal = { name: 'signalUnknownCredential', input: { rpId: 'acme.example', credentialId: 'one' } } as const
  expect(await sendSignal(signal)).toEqual({ taken: false, why: lacking })
  const called = browser('signalUnknownCredential')
  expect(await sendSignal(signal)).toEqual({ taken: true })
  expect(called).toEqual([['signalUnknownCredential', signal.input]])
  const refuse = () => Promise.reject(new DOMException('Not yours.', 'SecurityError'))
  vi.stubGlobal('PublicKeyCredential', { signalUnknownCredential: refuse })
  expect(await sendSignal(signal)).toEqual({ taken: false, why: 'SecurityError: Not yours.' })
})

test('the provider is told of the passkey of a ceremony, and the page says what was passed on', async () => {
  const called = browser('signalUnknownCredential')
  expect((await tellProvider(authentication.run))?.note).toContain('RP ID acme.example and the credential ID two')
  expect(called).toEqual([['signalUnknownCredential', { rpId: 'acme.example', credentialId: 'two' }]])
  await tellProvider(registration.run)
  expect(called.at(-1)).toEqual(['signalUnknownCredential', { rpId: 'acme.example', credentialId: 'one' }])
  vi.unstubAllGlobals()
  expect(await tellProvider(authentication.run)).toEqual({ title: 'The provider was not told.', note: lacking })
})
