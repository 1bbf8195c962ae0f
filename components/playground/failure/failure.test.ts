import { expect, test, vi } from 'vitest'
import { type ErrorCode, errors, errorType } from '#lib/contract/errors.ts'
import type { ProblemDocument } from '#lib/contract/problem.ts'
import { ApiError } from '#lib/sdk/client.ts'
import { UnreadableAnswerError } from '#lib/sdk/connection-error.ts'
import { DialogueError, UnreadableCredential, UnsupportedCall } from '#lib/sdk/credentials/credential-errors.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type { Circumstances } from './circumstances.ts'
import { failureOf } from './failure.ts'

const circumstances: Circumstances = {
  kind: 'authentication',
  username: 'ada',
  otherTenants: [],
  origin: 'http://localhost:3000',
}

function refusedWith(code: ErrorCode, checks?: Check[]) {
  const { status, title } = errors[code]
  const problem: ProblemDocument = {
    type: errorType(code, 'http://localhost:3000'),
    title,
    status,
    detail: 'Detail.',
    code,
    requestId: 'req_1',
  }
  return new ApiError(checks ? { ...problem, checks } : problem)
}

function failed(id: string, expected: string, actual: string): Check {
  return { id, title: id, spec: 'https://www.w3.org/TR/webauthn-3/', outcome: 'fail', expected, actual }
}

test.each(Object.keys(errors) as ErrorCode[])('%s has words of its own, and keeps the server’s answer', (code) => {
  const failure = failureOf(refusedWith(code), circumstances)
  expect(failure).toMatchObject({ code, problem: { code } })
  expect(failure.raw).toContain('req_1')
  for (const words of [failure.what, failure.why, failure.todo]) expect(words.trim()).not.toBe('')
})

test('a wrong origin is told with what the browser signed for and what the tenant allows', () => {
  const checks = [failed('origin', 'http://localhost:3000', 'http://localhost:3001')]
  const { what, why } = failureOf(refusedWith('verification_failed', checks), circumstances)
  expect(what).toBe('Refused: the origin is not one of this tenant’s')
  expect(why).toContain('from http://localhost:3001')
  expect(why).toContain('allows http://localhost:3000')
})

test('the first failed check speaks, whichever others failed', () => {
  const checks = [failed('user-verified', 'set', 'not set'), failed('origin', 'a', 'b')]
  expect(failureOf(refusedWith('verification_failed', checks), circumstances).what).toContain('not verified')
})

test.each(['attestation-trust', 'attestation-aaguid'])('what a policy of attestation refuses leads to it: %s', (id) => {
  const checks = [failed(id, 'a root that is known', 'none')]
  const creating = { ...circumstances, kind: 'registration' as const }
  const { why, help } = failureOf(refusedWith('verification_failed', checks), creating)
  expect(why).toContain('attestation policy')
  expect(help).toEqual([expect.objectContaining({ do: 'set-option', path: 'attestation', value: 'direct' })])
  const asked = { ...creating, asked: { attestation: 'direct' } }
  const direct = failureOf(refusedWith('verification_failed', checks), asked)
  expect(direct.todo).toContain('root added')
  expect(direct.help).toEqual([{ do: 'again' }])
})

test('a passkey that was made and is not kept can be told its provider; one that was not made, or is known, cannot', () => {
  const registration = { ...circumstances, kind: 'registration', answered: true } as const
  const checks = [failed('origin', 'https://acme.example', 'https://other.example')]
  const orphan = failureOf(refusedWith('verification_failed', checks), registration)
  expect(orphan.help?.at(-1)).toEqual({ do: 'tell-provider' })
  expect(orphan.todo).toContain('until its provider is told')
  expect(failureOf(refusedWith('ceremony_unknown', []), registration).help?.at(-1)).toEqual({ do: 'tell-provider' })
  for (const other of [
    failureOf(refusedWith('passkey_exists', []), registration),
    failureOf(refusedWith('ceremony_unknown', []), { ...registration, answered: false }),
    failureOf(refusedWith('verification_failed', checks), { ...registration, kind: 'authentication' }),
  ])
    expect(other.help ?? []).not.toContainEqual({ do: 'tell-provider' })
})

test('an unknown passkey is explained by the demo tenant that shares the RP ID', () => {
  const tenant = { tenant: { id: 't', name: 'Globex Pay', slug: 'g' }, relyingParty: { id: 'localhost', origins: [] } }
  const checks = [failed('credential-known', 'registered here', 'not registered here')]
  const { what, why, todo, help } = failureOf(refusedWith('verification_failed', checks), {
    ...circumstances,
    tenant: tenant as unknown as NonNullable<Circumstances['tenant']>,
    otherTenants: ['Acme Wallet', 'Globex Pay'],
  })
  expect(what).toContain('Globex Pay does not know this passkey')
  expect(why).toContain('Acme Wallet')
  expect(why).toContain('localhost')
  // To tell the provider would take it from the other tenant, too.
  expect(todo).toContain('only of one that was deleted')
  expect(help?.map((each) => each.do)).toEqual(['again', 'demo-key', 'tell-provider'])
})

test('a browser without conditional create is told apart from one without WebAuthn', () => {
  const error = new UnsupportedCall('No.')
  const beside = { ...circumstances, kind: 'registration', mediation: 'conditional' } as const
  expect(failureOf(error, beside).what).toBe('This browser cannot do this')
  vi.stubGlobal('PublicKeyCredential', {})
  const told = failureOf(error, beside)
  const without = failureOf(error, { ...beside, mediation: undefined })
  vi.unstubAllGlobals()
  expect(told).toMatchObject({
    what: 'This browser makes no passkeys without a dialogue',
    brief: 'no conditional create',
  })
  expect(told.help?.[0]).toEqual({ do: 'set-option', ceremony: 'registration', path: 'mediation', value: undefined })
  expect(without.what).toBe('This browser cannot do this')
})

const ended = (name: string, call: 'create' | 'get' = 'get', waited = 3_000, message = '') =>
  new DialogueError(call, new DOMException(message, name), waited)

test.each(['invalid_request', 'body_too_large'] as const)('%s after the dialogue is about the credential', (code) => {
  const asked = failureOf(refusedWith(code), circumstances)
  const answered = failureOf(refusedWith(code), { ...circumstances, answered: true })
  expect(answered.what).toContain('credential')
  expect(`${answered.why} ${answered.todo}`).not.toMatch(/Extensions|option/)
  expect(asked.what).toContain('request')
})

test('a dialogue that ran out of time is told apart from one that was closed, and neither is a refusal', () => {
  const at = { ...circumstances, asked: { timeout: 60_000 } }
  expect(failureOf(ended('NotAllowedError'), at)).toMatchObject({ what: expect.stringContaining('closed'), calm: true })
  const late = failureOf(ended('NotAllowedError', 'get', 60_010), at)
  expect(late).toMatchObject({ what: 'Nobody answered in time', calm: true })
})

test('a refusal within 300 ms is nobody’s who saw a dialogue', () => {
  const failure = failureOf(ended('NotAllowedError', 'get', 16), circumstances)
  expect(failure.what).toBe('The authenticator refused at once, after 16 ms')
  expect(`${failure.what} ${failure.todo}`).not.toContain('closed')
  expect(failure.calm).toBeUndefined()
  expect(failureOf(ended('NotAllowedError', 'get', 301), circumstances).what).toContain('closed')
})

test('the reasons of a refusal at once are those that it can have here, each with what helps', () => {
  const whys = (more: Partial<Circumstances>, message = '') =>
    failureOf(ended('NotAllowedError', 'get', 16, message), { ...circumstances, ...more }).causes?.map(({ why }) => why)
  expect(whys({ asked: { rpId: 'localhost' } })).toEqual([
    'It holds none of ada’s passkeys for localhost.',
    expect.stringMatching(/locked, as after .*, or set to say no/),
  ])
  expect(whys({ asked: { userVerification: 'required' } })?.[1]).toContain('cannot verify the person')
  expect(whys({ permitted: false })).toEqual([expect.stringContaining('permission policy')])
  expect(whys({}, 'The document is not focused.')).toEqual([expect.stringContaining('focus')])
  const { causes } = failureOf(ended('NotAllowedError', 'create', 16), {
    ...circumstances,
    kind: 'registration',
    asked: { authenticatorSelection: { residentKey: 'required', userVerification: 'required' } },
  })
  expect(causes?.slice(0, 2).map(({ help }) => help)).toEqual([
    expect.objectContaining({ path: 'authenticatorSelection.userVerification', value: 'preferred' }),
    expect.objectContaining({ path: 'authenticatorSelection.residentKey', value: 'preferred' }),
  ])
})

test('the browser’s exception speaks under its own name', () => {
  const failure = failureOf(ended('InvalidStateError', 'create'), { ...circumstances, kind: 'registration' })
  expect(failure.code).toBe('InvalidStateError')
  expect(failure.what).toContain('already holds a passkey')
})

test('on 127.0.0.1 the page sends people to localhost, on the same port', () => {
  const at = { ...circumstances, origin: 'http://127.0.0.1:3000', asked: { rpId: 'localhost' } }
  const { causes } = failureOf(ended('SecurityError'), at)
  expect(causes?.[0]?.help).toEqual({ do: 'open', url: 'http://localhost:3000/playground' })
})

test('what get() does not support is never put down to algorithms, which it does not have', () => {
  const asked = { extensions: { credProps: true } }
  const getting = failureOf(ended('NotSupportedError'), { ...circumstances, asked })
  expect(getting.what).toBe('The browser does not support this request for a sign-in')
  expect(getting.causes?.[0]?.why).toContain('It asks for credProps')
  const creating = { ...circumstances, kind: 'registration' as const }
  expect(failureOf(ended('NotSupportedError', 'create'), creating).causes?.[0]?.why).toContain('algorithms')
  const extension = failureOf(ended('NotSupportedError', 'create', 5, 'The `appid` extension is only valid when'), {
    ...creating,
    asked: { extensions: { appid: 'https://example.com' } },
  })
  expect(extension.causes).toEqual([expect.objectContaining({ why: expect.stringContaining('It asks for appid') })])
  for (const { causes } of [getting, extension])
    expect(JSON.stringify(causes)).not.toMatch(/algorithm|pubKeyCredParams/i)
})

test.each([
  ['a page’s own mistake', new TypeError('Cannot read properties of undefined'), 'The page could not finish'],
  [
    'an answer that is no JSON',
    new UnreadableAnswerError('The answer 200 is no JSON: text/html.', 200, undefined),
    'The server’s answer could not be read',
  ],
  ['a network that is gone', new TypeError('Failed to fetch'), 'The server could not be reached'],
  ['a credential without its bytes', new UnreadableCredential('No signature.'), 'The credential could not be read'],
  ['a press of Cancel', new DOMException('', 'AbortError'), 'Cancelled while the server was checking'],
])('after the dialogue, %s is not put down to the options', (_, error, what) => {
  const failure = failureOf(error, { ...circumstances, answered: true, asked: { extensions: { prf: {} } } })
  expect(failure.what).toBe(what)
  expect(`${failure.what} ${failure.todo}`).not.toMatch(/options|Extensions/)
  expect(failure.why).toMatch(/authenticator (?:answered|did its part|had done its part)/i)
})

test('a server that cannot be reached is not the browser’s fault', () => {
  expect(failureOf(new TypeError('Failed to fetch'), circumstances).code).toBe('network')
})

test('an offer in the name field leads back to itself, and to no button, until a passkey was chosen', () => {
  const todo = (more: Partial<Circumstances>) =>
    failureOf(new TypeError('Failed to fetch'), { ...circumstances, ...more }).todo
  expect(todo({ autofill: true })).toContain('switch autofill on again')
  for (const pressed of [{}, { autofill: true, answered: true }])
    expect(todo(pressed)).toContain('press the button again')
})
