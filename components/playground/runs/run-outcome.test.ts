import { expect, test } from 'vitest'
import type { Failure, Run } from '../run.ts'
import { outcomeOf } from './run-outcome.ts'

const run: Run = { kind: 'registration', startedAt: 1, status: 'success', messages: [] }
const passkey = (provider: string | null, deviceType = 'multiDevice') =>
  ({ registered: { passkey: { provider, deviceType } } }) as unknown as Partial<Run>
const failed = (code: string, more: Partial<Failure> = {}): Partial<Run> => ({
  status: 'error',
  failure: { code, what: 'What', why: '', todo: '', raw: '', ...more },
})

test.each<[string, Partial<Run>, string, string]>([
  ['a passkey, with its provider', passkey('iCloud Keychain'), 'done', 'iCloud Keychain · synced'],
  ['a passkey of an unknown provider', passkey(null, 'singleDevice'), 'done', 'device-bound'],
  ['a token', { authenticated: { passkey: { provider: null } } as never }, 'done', 'token'],
  [
    'a passkey in software, whatever it calls itself',
    { ...passkey('Acme Keychain', 'multiDevice'), software: 'Platform' },
    'done',
    'software “Platform” · synced',
  ],
  [
    'what nobody in software was chosen for',
    { ...failed('NotAllowedError', { calm: true }), software: '' },
    'closed',
    'software · nobody answered',
  ],
  ['a refusal', failed('verification_failed'), 'failed', 'did not verify'],
  ['a name that is taken, without the name', failed('user_exists'), 'failed', 'has a passkey already'],
  ['a refusal without words of its own', failed('other'), 'failed', 'What'],
  ['what a person closed, which is no refusal', failed('NotAllowedError', { calm: true }), 'closed', 'nobody answered'],
  ['a wait', { status: 'working', waitingFor: 'authenticator' }, 'working', 'waits for the authenticator'],
])('%s', (_, more, look, words) => {
  expect(outcomeOf({ ...run, ...more })).toEqual({ look, words })
})
