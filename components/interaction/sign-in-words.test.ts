import { describe, expect, test } from 'vitest'
import type { Refusal } from '../console/explain.ts'
import { type Attempt, signInWords } from './sign-in-words.ts'

const refusal = (code: string, more: Partial<Refusal> = {}): Refusal => ({
  ...{ title: 'General', detail: 'In general.', issues: [], code },
  ...more,
})
const attempt: Attempt = { by: 'username', username: 'ada', tenant: 'Acme', signUp: true }
const codes = ['NotAllowedError', 'verification_failed', 'user_unknown', 'ConstraintError', 'SecurityError']

describe.each(['passkey', 'username', 'creating'] as const)('by %s', (by) => {
  test('nobody is told to create a passkey where sign-up is closed', () => {
    const said = (signUp: boolean) =>
      codes.map((code) => JSON.stringify(signInWords(refusal(code), { ...attempt, by, signUp }))).join()
    expect(said(true)).toContain('Create a passkey')
    if (by !== 'creating') expect(said(false)).not.toContain('Create a passkey')
  })
})

test('a username that cannot be one is told why, and not where in the request', () => {
  const issues = [{ path: 'username', message: 'is longer than 64 characters' }]
  expect(signInWords(refusal('invalid_request', { issues }), attempt)).toEqual({
    title: '“ada” cannot be a username',
    detail: 'It is longer than 64 characters.',
    issues: [],
  })
  expect(signInWords(refusal('invalid_request', { issues: [{ path: 'x', message: 'y' }] }), attempt)).toEqual({})
})

test('a refusal without a dialogue is not put down to the person', () => {
  for (const by of ['passkey', 'username', 'creating'] as const) {
    const said = (atOnce: boolean) => signInWords(refusal('NotAllowedError', { atOnce }), { ...attempt, by }).detail
    expect(said(true)).toContain('at once')
    expect(said(true)).not.toContain('closed')
    expect(said(false)).toContain('closed')
  }
})

test('what this page knows no more about stays as it is', () => {
  expect(signInWords(refusal('rate_limited'), attempt)).toEqual({})
})
