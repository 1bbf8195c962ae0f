import { expect, test } from 'vitest'
import type { CeremonyKind } from '#lib/webauthn/options.ts'
import type { Action } from '../reduce.ts'
import type { Run } from '../run.ts'
import { initialState, type State } from '../state.ts'
import type { Help } from './help.ts'
import { helping } from './helping.ts'

const acme = { tenantId: 'tnt_a', tenantName: 'Acme Wallet', key: 'sk_test_a' }
const globex = { tenantId: 'tnt_g', tenantName: 'Globex Pay', key: 'sk_test_g' }

/** The offers of a page, and what it does when they are taken. */
function page(more: Partial<State> = {}) {
  const done: unknown[] = []
  const offerOf = helping({
    state: { ...initialState, apiKey: acme.key, username: 'ada', ...more },
    dispatch: (action: Action) => done.push(action.type),
    demoKeys: [acme, globex],
    start: (what, choices) => done.push([what, choices?.registration]),
    enterKey: (key) => done.push(key),
    toRegister: () => done.push('focus'),
    showBrowser: () => done.push('browser'),
    useSoftware: () => done.push('software'),
  })
  const take = (help: Help) => {
    const offer = offerOf(help)
    if (offer && 'act' in offer) offer.act()
    return done
  }
  return { offerOf, take }
}

/** A ceremony that is on show. */
function showing(kind: CeremonyKind, username?: string): Partial<State> {
  const run: Run = { kind, startedAt: 1, status: 'error', messages: [] }
  return { runs: [{ number: 1, run, of: { apiKey: acme.key, username }, choices: initialState.choices }], opened: 1 }
}
const failed = showing('registration', 'ada')

test.each<[Help, string]>([
  [{ do: 'register' }, 'Make a passkey for ada'],
  [{ do: 'authenticate' }, 'Sign in as ada'],
  [{ do: 'sign-in' }, 'Choose among all passkeys'],
  [{ do: 'again' }, 'Try again'],
  [{ do: 'fresh-username' }, 'Make up a new name'],
  [{ do: 'demo-key' }, 'Take Globex Pay’s demo key'],
  [
    { do: 'set-option', ceremony: 'registration', path: 'pubKeyCredParams', value: undefined },
    'Try with Algorithms unset',
  ],
  [{ do: 'show-option', ceremony: 'registration', path: 'timeout' }, 'Go to Timeout'],
  [{ do: 'show-browser' }, 'Look at this browser'],
  [{ do: 'software' }, 'Use one in software'],
  [{ do: 'open', url: 'http://localhost:3000/playground' }, 'Open localhost:3000'],
])('%j has a name that is none of the page’s own controls', (help, label) => {
  expect(page().offerOf(help)?.label).toBe(label)
  // A name is found by a part of it, too.
  for (const own of [
    'Register',
    'Authenticate',
    'Sign in with a passkey',
    'Use a demo key',
    'Another name',
    'Show',
    'Use it to sign in',
  ]) {
    expect(label.toLowerCase()).not.toContain(own.toLowerCase())
  }
})

test('the provider is told of the passkey that the failed ceremony used, and where none was used there is nobody to tell', () => {
  const used = showing('authentication')
  for (const { run } of used.runs ?? [])
    run.messages.push({
      id: 'credential',
      from: 'authenticator',
      to: 'browser',
      label: 'assertion',
      at: 1,
      body: { id: 'c' },
    })
  expect(page(used).offerOf({ do: 'tell-provider' })?.label).toBe('Tell the provider')
  expect(page(showing('authentication')).offerOf({ do: 'tell-provider' })).toBeUndefined()
  // What a file or an example says: a provider would remove a passkey by it.
  const elsewhere = (more: object) => ({ ...used, runs: used.runs?.map((record) => ({ ...record, ...more })) ?? [] })
  expect(page(elsewhere({ imported: { number: 1 } })).offerOf({ do: 'tell-provider' })).toBeUndefined()
  expect(page(elsewhere({ example: true })).offerOf({ do: 'tell-provider' })).toBeUndefined()
})

test('an option is set, and the ceremony that failed begins anew with it', () => {
  const path = 'authenticatorSelection.residentKey'
  expect(page(failed).take({ do: 'set-option', ceremony: 'registration', path, value: 'preferred' })).toEqual([
    'chosen',
    ['register', { ...initialState.choices.registration, [path]: 'preferred' }],
  ])
})

test('another try is the same press again: with the name that was asked for, or without one', () => {
  const signedIn = (username: string | undefined) => page(showing('authentication', username))
  expect(page(failed).take({ do: 'again' })).toEqual([['register', undefined]])
  expect(signedIn('ada').take({ do: 'again' })).toEqual([['authenticate', undefined]])
  expect(signedIn(undefined).take({ do: 'again' })).toEqual([['sign-in', undefined]])
})

test('a new name leads to Register, and a demo key is one that is not in use', () => {
  expect(page().take({ do: 'fresh-username' })).toEqual(['username-entered', 'focus'])
  expect(page().take({ do: 'show-browser' })).toEqual(['browser'])
  expect(page().take({ do: 'demo-key' })).toEqual([globex.key])
  expect(page({ apiKey: 'sk_test_x' }).take({ do: 'demo-key' })).toEqual([acme.key])
})
