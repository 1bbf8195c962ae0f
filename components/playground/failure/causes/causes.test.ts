import { expect, test } from 'vitest'
import { DialogueError } from '#lib/sdk/credentials/credential-errors.ts'
import type { Circumstances } from '../circumstances.ts'
import { failureOf } from '../failure.ts'
import { briefOf } from '../failure-brief.ts'
import type { Help } from '../help.ts'
import { browserCauses } from './browser-causes.ts'

const origin = 'https://acme.example'

const tenant = {
  tenant: { id: 'tnt_1', name: 'Acme Wallet', slug: 'acme' },
  relyingParty: { id: 'acme.example', origins: [origin] },
} as unknown as NonNullable<Circumstances['tenant']>

const here: Circumstances = {
  kind: 'authentication',
  username: 'ada',
  otherTenants: [],
  origin,
  tenant,
  permitted: true,
}

interface Failed extends Partial<Circumstances> {
  name?: string
  waited?: number
  message?: string
}

function failed({ name = 'NotAllowedError', waited = 4_000, message = '', ...more }: Failed) {
  const circumstances = { ...here, ...more }
  const call = circumstances.kind === 'registration' ? 'create' : 'get'
  return failureOf(new DialogueError(call, new DOMException(message, name), waited), circumstances)
}

const residentCredentials = "Resident credentials or empty 'allowCredentials' lists are not supported at this time."
const create = { kind: 'registration' } as const
const set = (ceremony: 'registration' | 'authentication', path: string, value: unknown): Help => ({
  do: 'set-option',
  ceremony,
  path,
  value,
})
const verified = { asked: { userVerification: 'required' } }
const selected = (selection: object) => ({ ...create, asked: { authenticatorSelection: selection } })

test.each<[what: string, Failed, first: RegExp, help: Help | undefined]>([
  [
    'a refusal within 16 ms, of a passkey that this page has used, with verification required',
    { waited: 16, ...verified, usedHere: 6, verifiedHere: true },
    /cannot verify the person.*since run 6/,
    set('authentication', 'userVerification', 'preferred'),
  ],
  [
    'the same, of a user that this page knows nothing of',
    { waited: 16, ...verified },
    /holds none of ada’s passkeys for acme.example/,
    { do: 'register' },
  ],
  [
    'a refusal within 16 ms that asks for no verification',
    { waited: 16, usedHere: 1 },
    /holds none of ada’s/,
    { do: 'sign-in' },
  ],
  [
    'a refusal at once without a username',
    { waited: 16, username: undefined },
    /no discoverable passkey/,
    { do: 'register' },
  ],
  [
    'a timed-out dialogue',
    { waited: 20_010, asked: { timeout: 20_000 } },
    /within 20\u00a0s/,
    set('authentication', 'timeout', undefined),
  ],
  ['a browser’s own limit', { waited: 120_000 }, /own limit/, { do: 'again' }],
  [
    'an excluded authenticator',
    { ...create, name: 'InvalidStateError', asked: { excludeCredentials: [1, 2] } },
    /one of the 2 passkeys/,
    { do: 'authenticate' },
  ],
  [
    'a wrong RP ID',
    { name: 'SecurityError', asked: { rpId: 'evil.example' } },
    /set to evil.example/,
    set('authentication', 'rpId', undefined),
  ],
  [
    'a wrong RP ID of a registration',
    { ...create, name: 'SecurityError', asked: { rp: { id: 'evil.example' } } },
    /set to evil.example/,
    set('registration', 'rp.id', undefined),
  ],
  [
    'a page on another host than the tenant’s',
    { name: 'SecurityError', origin: 'https://other.example' },
    /on other.example/,
    { do: 'open', url: `${origin}/playground` },
  ],
  [
    'a public suffix as the RP ID',
    { name: 'SecurityError', asked: { rpId: 'example' } },
    /public suffix/,
    { do: 'show-option', ceremony: 'authentication', path: 'rpId' },
  ],
  [
    'a frame without permission',
    { waited: 5, framed: true, permitted: false },
    /in a frame.*publickey-credentials-get/,
    { do: 'open', url: `${origin}/playground` },
  ],
  [
    'a page without permission',
    { waited: 5, permitted: false },
    /permission policy.*publickey-credentials-get/,
    { do: 'show-browser' },
  ],
  [
    'a page without permission to make one',
    { ...create, waited: 5, permitted: false },
    /publickey-credentials-create/,
    { do: 'show-browser' },
  ],
  [
    'a policy that the browser names',
    { waited: 5, permitted: undefined, message: 'feature is not enabled' },
    /permission policy/,
    { do: 'show-browser' },
  ],
  ['a page without the focus', { waited: 5, message: 'The document is not focused.' }, /focus/, { do: 'again' }],
  [
    'a certificate with an error',
    { waited: 5, message: 'TLS certificate errors' },
    /certificate/,
    { do: 'show-browser' },
  ],
  [
    'silent mediation, to which the browser gives nothing',
    { name: 'Error', waited: 5, mediation: 'silent' },
    /silent/,
    set('authentication', 'mediation', undefined),
  ],
  [
    'silent mediation, which the browser does not know in a registration',
    {
      ...create,
      name: 'NotSupportedError',
      message: 'Unsupported credential mediation requirement',
      mediation: 'silent',
    },
    /silent/,
    set('registration', 'mediation', undefined),
  ],
  [
    'silent mediation, of which the browser takes no notice',
    { waited: 5, mediation: 'silent' },
    /holds none of ada’s/,
    { do: 'register' },
  ],
  [
    'a conditional registration',
    { ...create, mediation: 'conditional' },
    /password manager/,
    set('registration', 'mediation', undefined),
  ],
  ['a closed dialogue', {}, /closed the dialogue/, { do: 'again' }],
  [
    'resident key required, refused at once',
    { waited: 16, ...selected({ residentKey: 'required' }) },
    /discoverable/,
    set('registration', 'authenticatorSelection.residentKey', 'preferred'),
  ],
  [
    'an attachment that is not here',
    { waited: 16, ...selected({ authenticatorAttachment: 'platform' }) },
    /no platform authenticator/,
    set('registration', 'authenticatorSelection.authenticatorAttachment', undefined),
  ],
  [
    'verification that nobody can do',
    { name: 'ConstraintError', ...selected({ userVerification: 'required' }) },
    /can verify anybody/,
    set('registration', 'authenticatorSelection.userVerification', 'preferred'),
  ],
  [
    'a discoverable passkey that nobody keeps',
    { name: 'ConstraintError', ...selected({ residentKey: 'required' }) },
    /keeps discoverable/,
    set('registration', 'authenticatorSelection.residentKey', 'preferred'),
  ],
  [
    'algorithms that nobody knows',
    { ...create, name: 'NotSupportedError' },
    /algorithms/,
    set('registration', 'pubKeyCredParams', undefined),
  ],
  [
    'a browser without an authenticator that keeps passkeys',
    { ...create, name: 'NotSupportedError', message: residentCredentials },
    /no authenticator here that keeps/,
    { do: 'software' },
  ],
  [
    'a sign-in without a list, in such a browser',
    { name: 'NotSupportedError', message: residentCredentials },
    /no authenticator here that keeps/,
    { do: 'software' },
  ],
  [
    'an extension in the wrong ceremony',
    { ...create, name: 'NotSupportedError', message: 'appid extension', asked: { extensions: { appid: 'x' } } },
    /asks for appid/,
    { do: 'show-option', ceremony: 'registration', path: 'extensions' },
  ],
  [
    'an extension that a sign-in does not take',
    { name: 'NotSupportedError', asked: { extensions: { credProps: true } } },
    /asks for credProps/,
    { do: 'show-option', ceremony: 'authentication', path: 'extensions' },
  ],
  ['a sign-in that the browser does not know', { name: 'NotSupportedError' }, /browser cannot/, { do: 'show-browser' }],
  [
    'a member of the wrong form',
    { name: 'TypeError', asked: { extensions: { prf: 1 } } },
    /prf first/,
    { do: 'show-option', ceremony: 'authentication', path: 'extensions' },
  ],
  [
    'an AppID that is none',
    { name: 'EncodingError', asked: { extensions: { appid: 'x' } } },
    /AppID/,
    { do: 'show-option', ceremony: 'authentication', path: 'extensions.appid' },
  ],
  [
    'an AppID that is no address',
    { ...create, name: 'SyntaxError', asked: { extensions: { appidExclude: 'x' } } },
    /AppID/,
    { do: 'show-option', ceremony: 'registration', path: 'extensions.appidExclude' },
  ],
  ['a failing authenticator', { name: 'UnknownError' }, /could not process/, { do: 'again' }],
  ['an authenticator that is busy', { name: 'InvalidStateError' }, /still open/, { do: 'again' }],
  ['an exception that nobody has heard of', { name: 'FancyError' }, /no reason/, { do: 'again' }],
])('%s has its own first cause, and its button', (_, situation, first, help) => {
  const [cause] = failed(situation).causes ?? []
  expect(cause?.why).toMatch(first)
  expect(cause?.help).toEqual(help)
})

test.each([create, {}])(
  'who has no authenticator that keeps passkeys is told so, and what to do about that',
  (ceremony) => {
    const { what, why, todo } = failed({ ...ceremony, name: 'NotSupportedError', message: residentCredentials })
    expect([what, why].join('. ')).toBe(
      'There is no authenticator here that keeps passkeys. The browser found neither one in this device nor a security key.',
    )
    expect(todo).toBe('Connect one that does, or use one in software, which this page has.')
    const otherwise = failed({ ...ceremony, name: 'NotSupportedError' })
    expect(otherwise.what).toMatch(/^The browser does not support this request/)
    expect(otherwise.todo).toMatch(/original message may name/)
  },
)

test.each<[brief: string, Failed]>([
  ['timed out', { waited: 20_010, asked: { timeout: 20_000 } }],
  ['timed out', { waited: 120_000 }],
  ['dialogue closed', {}],
  ['not permitted', { waited: 5, permitted: false }],
  ['RP ID refused', { name: 'SecurityError', asked: { rpId: 'evil.example' } }],
  ['wrong address', { name: 'SecurityError', origin: 'https://other.example' }],
  ['has one already', { ...create, name: 'InvalidStateError', asked: { excludeCredentials: [1] } }],
  ['refused at once', { waited: 16, usedHere: 1 }],
])('a line has room for few words: %s', (brief, situation) => {
  expect(briefOf(failed(situation))).toBe(brief)
})

test('a refusal at once is the browser’s own where the page may not ask, and the authenticator’s elsewhere', () => {
  expect(failed({ waited: 1, permitted: false }).what).toBe('The browser refused at once, after 1 ms')
  expect(failed({ waited: 1, permitted: false }).why).toContain('no authenticator was asked')
  expect(failed({ waited: 16 }).what).toBe('The authenticator refused at once, after 16 ms')
})

test('an offer that the browser ends is calm, and says by which exception', () => {
  for (const name of ['NotAllowedError', 'AbortError']) {
    expect(failed({ name, autofill: true })).toMatchObject({ calm: true, why: expect.stringContaining(`(${name})`) })
  }
})

const exceptions = [...new Set(browserCauses.flatMap(({ shows }) => shows)), 'VersionError']
const phases: Failed[] = [
  { waited: 16 },
  { waited: 4_000 },
  { waited: 60_000, asked: { timeout: 60_000 } },
  { autofill: true },
]

test('every exception, in every phase of both ceremonies, has words, and a reason or a calm end', () => {
  for (const name of exceptions) {
    for (const phase of phases) {
      for (const kind of ['registration', 'authentication'] as const) {
        const failure = failed({ name, kind, ...phase })
        for (const words of [failure.what, failure.why, failure.todo]) expect(words).not.toBe('')
        expect(failure.calm || (failure.causes?.length ?? 0) > 0, `${name} ${kind} ${JSON.stringify(phase)}`).toBe(true)
      }
    }
  }
})

test('what the page is certain of stands alone, and what cannot be so here is not told', () => {
  expect(failed({ waited: 16, permitted: false, ...verified }).causes).toHaveLength(1)
  const whys = (failed({ waited: 16 }).causes ?? []).map(({ why }) => why).join(' ')
  expect(whys).not.toMatch(/frame|policy|verify|Resident key|AppID/)
})

test('each reason has a name of its own', () => {
  const ids = browserCauses.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
