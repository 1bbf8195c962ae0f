import { describe, expect, test } from 'vitest'
import type { AuthenticateFinished, Passkey, RegisterFinished } from '#lib/contract/passkeys.ts'
import { type Action, reduce } from './reduce.ts'
import type { Failure, Run } from './run.ts'
import { standingOf } from './standing.ts'
import { initialState, latestRun, pairOf, type State } from './state.ts'
import { statusWords } from './status-words.ts'
import { stepsOf } from './steps-of.ts'

const apiKey = 'sk_test_any'
const minute = 60_000
const passkey = { id: 'pk_1', credentialId: 'AQ', deviceType: 'multiDevice', provider: null } as Passkey
const user = { id: 'usr_1', username: 'ada', displayName: 'ada' }
const registered = { user, passkey } as RegisterFinished

/** A token of one hour from a moment, in epoch milliseconds. */
function signedIn(at: number, amr = ['pop', 'swk', 'user', 'mfa']): AuthenticateFinished {
  const payload = Buffer.from(JSON.stringify({ exp: Math.floor(at / 1000) + 3600, amr })).toString('base64url')
  return { user, passkey, token: `e30.${payload}.AA`, expiresIn: 3600 } as AuthenticateFinished
}

function run(kind: Run['kind'], ending: Partial<Run>): Run {
  const status = ending.failure ? 'error' : 'success'
  return { kind, startedAt: ++started, status, messages: [], took: 1_200, ...ending }
}
let started = 0

const failure = (code: string, more: Partial<Failure> = {}): Failure => ({
  ...{ code, what: 'What', why: 'Why.', todo: 'Todo.', raw: '' },
  ...more,
})

const ran = (run: Run, username: string | undefined = 'ada'): Action => ({
  type: 'ran',
  run,
  apiKey,
  username,
  choices: initialState.choices,
})
const registering = () => ran(run('registration', { registered }))
const signingIn = () => ran(run('authentication', { authenticated: signedIn(Date.now()) }))
const failing = (kind: Run['kind'], why: Failure) => ran(run(kind, { failure: why }))

const ready: State = {
  ...initialState,
  apiKey,
  username: 'ada',
  key: { status: 'ready', tenant: { tenant: { name: 'Acme Wallet' } } as never },
}
const stateAfter = (...actions: Action[]) => actions.reduce(reduce, ready)

function steps(state: State, now = Date.now()) {
  const standing = standingOf(state, pairOf(state.apiKey, state.username), now)
  return Object.fromEntries(stepsOf(state, standing, now).map(({ title, state, note }) => [title, `${state}: ${note}`]))
}
function banner(state: State, now = Date.now()) {
  return statusWords(state, standingOf(state, pairOf(apiKey, latestRun(state)?.of.username), now))
}

test('each step is done once it is, and the next is now', () => {
  expect(steps(initialState)).toMatchObject({ Key: 'now: paste or borrow', Username: 'todo: any name' })
  expect(steps(ready)).toMatchObject({ Username: 'done: ada', Register: 'now: make a passkey', Token: 'todo: read it' })
  expect(steps(stateAfter(registering()))).toMatchObject({
    Register: 'done: run 1, synced',
    Authenticate: 'now: use it',
  })
  expect(steps(stateAfter(registering(), signingIn()))).toMatchObject({
    Authenticate: 'done: run 2, verified',
    Token: 'done: 60 min left',
  })
})

test('a person who was only there is not called verified', () => {
  const authenticated = signedIn(Date.now(), ['pop', 'swk', 'user'])
  expect(steps(stateAfter(ran(run('authentication', { authenticated })))).Authenticate).toContain('not verified')
})

describe('a token', () => {
  const state = stateAfter(registering(), signingIn())
  const { expiresAt } = state.sessions[pairOf(apiKey, 'ada')] ?? { expiresAt: 0 }

  test.each([
    ['has never more minutes left than it lives', -61 * minute, '60 min left'],
    ['counts down', -(59 * minute) + 1, '59 min left'],
    ['has a minute left until its end', -1, '1 min left'],
  ])('%s', (_, moment, left) => {
    expect(steps(state, expiresAt + moment).Token).toBe(`done: ${left}`)
  })

  test('that has expired is over, in its step and in the banner, and signing in comes next', () => {
    expect(steps(state, expiresAt)).toMatchObject({
      Register: 'done: run 1, synced',
      Authenticate: 'now: again',
      Token: 'failed: expired',
    })
    expect(banner(state, expiresAt)).toMatchObject({
      title: 'ada’s token has expired.',
      look: 'wrong',
      help: [{ do: 'authenticate' }],
    })
    expect(banner(state, expiresAt - 1)?.title).toBe('ada is signed in.')
  })
})

describe('a passkey that is deleted', () => {
  const pair = pairOf(apiKey, 'ada')
  test('is claimed by no step and by no banner', () => {
    for (const learned of [
      { type: 'passkeys-read', pair, ids: [] } as const,
      failing('authentication', failure('user_unknown')),
    ]) {
      const state = stateAfter(registering(), signingIn(), learned)
      expect(steps(state)).toMatchObject({ Register: 'now: make a passkey', Token: 'failed: passkey deleted' })
      expect(steps(state).Authenticate).not.toContain('done')
    }
    const read = { type: 'passkeys-read', pair, ids: [] } as const
    for (const state of [stateAfter(registering(), read), stateAfter(signingIn(), read)]) {
      expect(banner(state)).toMatchObject({
        title: 'ada’s passkey is deleted.',
        look: 'wrong',
        help: [{ do: 'register' }],
      })
    }
  })

  test('leaves the others: there is one to sign in with', () => {
    const state = stateAfter(registering(), signingIn(), { type: 'passkeys-read', pair, ids: ['pk_2'] })
    expect(steps(state)).toMatchObject({ Register: 'done: earlier', Authenticate: 'now: again' })
  })

  test('is known by the refusal of its credential, and only of its own tenant’s', () => {
    const checks = [{ id: 'credential-known', outcome: 'fail' }]
    const why = failure('verification_failed', { problem: { checks } as never })
    const messages = [{ id: 'credential', body: { id: 'AQ' } }] as unknown as Run['messages']
    const refused = run('authentication', { failure: why, messages })
    const known = stateAfter(registering(), signingIn())
    expect(steps(reduce(known, ran(refused, undefined))).Register).toBe('now: make a passkey')
    const elsewhere = reduce(known, { ...ran(refused, undefined), apiKey: 'sk_test_other' } as Action)
    expect(steps(elsewhere).Register).toContain('done')
  })

  test('is back when the user registers again', () => {
    const again = ran(run('registration', { registered: { user, passkey: { ...passkey, id: 'pk_3' } } as never }))
    const state = stateAfter(registering(), { type: 'passkeys-read', pair, ids: [] }, again)
    expect(steps(state)).toMatchObject({ Register: 'done: run 2, synced', Authenticate: 'now: use it' })
    expect(banner(state)?.title).toBe('ada has a passkey.')
  })
})

describe('a step that failed', () => {
  test('is failed with the reason, and is what to do', () => {
    const state = stateAfter(failing('registration', failure('verification_failed')))
    expect(steps(state)).toMatchObject({ Register: 'failed: run 1, did not verify', Authenticate: 'todo: use it' })
    expect(steps(stateAfter(failing('registration', failure('NotAllowedError')))).Register).toBe(
      'failed: run 1, refused at once',
    )
  })

  test('is no longer failed once it succeeds, or for another name', () => {
    const failed = failing('registration', failure('verification_failed'))
    expect(steps(stateAfter(failed, registering())).Register).toBe('done: run 2, synced')
    expect(steps(stateAfter(failed, { type: 'username-entered', username: 'bob' })).Register).toBe(
      'now: make a passkey',
    )
  })

  test('is not failed where a person ended it', () => {
    const closed = failure('NotAllowedError', { calm: true })
    expect(steps(stateAfter(failing('registration', closed))).Register).toBe('now: run 1, nobody answered')
    expect(steps(stateAfter(registering(), failing('registration', closed))).Register).toBe('done: run 1, synced')
    expect(banner(stateAfter(failing('registration', closed)))?.look).toBe('calm')
  })

  test.each(['user_exists', 'InvalidStateError'])('registering: %s leads to Authenticate', (code) => {
    const state = stateAfter(failing('registration', failure(code)))
    expect(steps(state)).toMatchObject({ Register: 'done: earlier', Authenticate: 'now: use it' })
  })

  test('is the key’s, where the server no longer takes it', () => {
    const state = stateAfter(failing('registration', failure('api_key_invalid')))
    expect(steps(state).Key).toBe('failed: not accepted')
  })
})

test('an offer of passkeys that ended by itself is told calmly, and autofill is off', () => {
  const choices = { ...initialState.choices, authentication: { mediation: 'conditional' } }
  const state = stateAfter({ type: 'chosen', choices }, { type: 'offer-ended', why: failure('NotAllowedError') })
  expect(banner(state)).toMatchObject({ title: 'Autofill is off.', look: 'calm' })
  expect(state).toMatchObject({ offering: false, choices: { authentication: {} } })
  expect(banner(reduce(state, registering()))?.look).toBe('done')
})
