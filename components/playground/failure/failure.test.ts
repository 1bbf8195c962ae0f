import { expect, test } from 'vitest'
import { type ErrorCode, errors, errorType } from '#lib/contract/errors.ts'
import type { ProblemDocument } from '#lib/contract/problem.ts'
import { ApiError } from '#lib/sdk/client.ts'
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
  const problem: ProblemDocument = { type: errorType(code), title, status, detail: 'Detail.', code, requestId: 'req_1' }
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
  expect(why).toContain('signed for http://localhost:3001')
  expect(why).toContain('allows http://localhost:3000')
})

test('the first failed check speaks, whichever others failed', () => {
  const checks = [failed('user-verified', 'set', 'not set'), failed('origin', 'a', 'b')]
  expect(failureOf(refusedWith('verification_failed', checks), circumstances).what).toContain('not verified')
})

test('an unknown passkey is explained by the demo tenant that shares the RP ID', () => {
  const tenant = { tenant: { id: 't', name: 'Globex Pay', slug: 'g' }, relyingParty: { id: 'localhost' } }
  const checks = [failed('credential-known', 'registered here', 'not registered here')]
  const { what, why } = failureOf(refusedWith('verification_failed', checks), {
    ...circumstances,
    tenant: tenant as NonNullable<Circumstances['tenant']>,
    otherTenants: ['Acme Wallet', 'Globex Pay'],
  })
  expect(what).toContain('Globex Pay does not know this passkey')
  expect(why).toContain('Acme Wallet')
  expect(why).toContain('localhost')
})

test('a dialogue that ran out of time is told apart from one that was closed', () => {
  const closed = new DOMException('', 'NotAllowedError')
  expect(failureOf(closed, { ...circumstances, waited: 3_000, timeout: 60_000 }).what).toContain('closed')
  expect(failureOf(closed, { ...circumstances, waited: 60_010, timeout: 60_000 }).what).toContain('in time')
})

test('a wrapped exception speaks under the name of its cause', () => {
  const wrapped = new Error('wrapped', { cause: new DOMException('', 'InvalidStateError') })
  const failure = failureOf(wrapped, { ...circumstances, kind: 'registration' })
  expect(failure.code).toBe('InvalidStateError')
  expect(failure.what).toContain('already holds a passkey')
})

test('on 127.0.0.1 the page sends people to localhost, on the same port', () => {
  const invalid = new DOMException('', 'SecurityError')
  const failure = failureOf(invalid, { ...circumstances, origin: 'http://127.0.0.1:3000', rpId: 'localhost' })
  expect(failure.todo).toContain('http://localhost:3000/playground')
})

test('a server that cannot be reached is not the browser’s fault', () => {
  expect(failureOf(new TypeError('Failed to fetch'), circumstances).code).toBe('network')
})
