import { expect, test } from 'vitest'
import type { ProblemDocument } from '#lib/contract/problem.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type { Circumstances } from '../circumstances.ts'
import { refusal } from '../failure-of-verification.ts'
import type { Help } from '../help.ts'

const origin = 'https://acme.example'
const here: Circumstances = { kind: 'authentication', username: 'ada', otherTenants: [], origin }
const again: Help = { do: 'again' }

function check(id: string, more: Partial<Check> = {}): Check {
  const spec = 'https://www.w3.org/TR/webauthn-3/'
  return { id, title: id, spec, outcome: 'fail', expected: 'set', actual: 'not set', ...more }
}

const ofFormat = (fmt: string) => check('attestation-format', { outcome: 'pass', actual: fmt })

function refused(checks: Check[], kind: Circumstances['kind'] = 'authentication') {
  return refusal({ detail: 'Detail.', checks } as unknown as ProblemDocument, { ...here, kind })
}

test.each<[what: string, failed: string[], first: RegExp, help: Help | undefined]>([
  ['a flipped signature', ['signature', 'second-opinion'], /signature was changed on its way/, again],
  ['a changed challenge', ['challenge', 'signature'], /changed after the authenticator signed/, again],
  ['a changed origin', ['origin', 'signature'], /changed after the authenticator signed/, again],
  ['a flag that was taken out', ['user-present', 'signature'], /changed after the authenticator signed/, again],
  ['a counter that was set back on the way', ['signature', 'sign-count'], /changed after/, again],
  ['an old response', ['challenge'], /answer to another ceremony/, again],
  ['a copied passkey', ['sign-count'], /was copied/, { do: 'register' }],
  ['an answer without a touch', ['user-present'], /without anybody’s touch/, again],
  [
    'a passkey that was made anew as another kind',
    ['backup-eligibility'],
    /eligibility is settled/,
    { do: 'register' },
  ],
  ['a page in a frame', ['cross-origin', 'top-origin'], /in a frame/, { do: 'open', url: `${origin}/playground` }],
  ['a signature as JWTs have it', ['signature-encoding', 'signature'], /r and s/, again],
])('%s has its own first reason, and its button', (_, failed, first, help) => {
  const { causes, what } = refused(failed.map((id) => check(id)))
  expect(what).toMatch(/^Refused: /)
  expect(causes?.[0]?.why).toMatch(first)
  expect(causes?.[0]?.help).toEqual(help)
})

test.each<[what: string, fmt: string, failed: string[], reasons: RegExp[], help: Help]>([
  ['one that nobody signed', 'none', ['challenge'], [/another ceremony/, /nothing in a registration is signed/], again],
  ['one that is attested', 'packed', ['challenge'], [/another ceremony/], again],
  ['one that was changed', 'packed', ['challenge', 'attestation-statement'], [/changed after/], again],
  [
    'a statement about something else',
    'packed',
    ['attestation-statement'],
    [/statement was changed/],
    { do: 'set-option', ceremony: 'registration', path: 'attestation', value: 'none' },
  ],
  [
    'an algorithm of its own choice',
    'none',
    ['algorithm'],
    [/key of its own choice/],
    { do: 'set-option', ceremony: 'registration', path: 'pubKeyCredParams', value: undefined },
  ],
])('of a registration, %s', (_, fmt, failed, reasons, help) => {
  const { causes } = refused([ofFormat(fmt), ...failed.map((id) => check(id))], 'registration')
  expect(causes?.map(({ why }) => why)).toEqual(reasons.map((reason) => expect.stringMatching(reason)))
  expect(causes?.[0]?.help).toEqual(help)
})

test('what a check says by itself stays as it is, with its own button', () => {
  const { causes, help } = refused([check('user-verified')])
  expect(causes).toBeUndefined()
  expect(help).toEqual([{ do: 'set-option', ceremony: 'authentication', path: 'userVerification', value: 'preferred' }])
  expect(refused([check('extensions')]).help).toEqual([again])
})

test('where something changes responses, nobody is sent to another origin or told to set an option', () => {
  const { todo, help } = refused([check('origin'), check('signature')])
  expect(todo).toMatch(/^Find what changes it/)
  expect(help).toEqual([])
})
