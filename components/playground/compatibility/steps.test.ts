import { expect, test } from 'vitest'
import type { ActFailure, Answer, Evidence } from './evidence.ts'
import { compatibilitySteps } from './steps.ts'
import { failedVerdict, type VerdictOutcome } from './verdict.ts'

const answer = (more: Partial<Answer> = {}): Answer => ({
  credentialId: 'AAAA',
  idsAgree: true,
  userVerified: true,
  aaguid: '00000000-0000-0000-0000-000000000000',
  algorithm: -7,
  format: 'none',
  certified: false,
  transports: ['internal'],
  extensions: {},
  ...more,
})
const made = (more: Partial<Answer> = {}): Evidence => ({ done: true, answer: answer(more) })
const signedIn = (more: Partial<Answer> = {}, rightUser = true): Evidence => ({
  done: true,
  answer: answer({ userHandle: 'BBBB', ...more }),
  rightUser,
})
const refused = (code: string, more: Partial<ActFailure> = {}): Evidence => ({
  done: false,
  failure: { code, what: 'It was refused', by: 'browser', calm: false, failedChecks: [], ...more },
})
const prf = (value: unknown) => ({ extensions: { prf: value } })
const blob = (value: unknown) => ({ extensions: { largeBlob: value } })
const first = 'a'.repeat(43)

type Case = [step: string, outcome: VerdictOutcome, evidence: Evidence[], made?: Evidence[]]

const cases: Case[] = [
  ['attestation-none', 'as-specified', [made()]],
  ['attestation-none', 'as-specified', [made({ format: 'packed' })]],
  ['attestation-none', 'differs', [made({ format: 'packed', certified: true })]],
  ['attestation-direct', 'as-specified', [made({ format: 'packed', certified: true })]],
  ['attestation-direct', 'not-supported', [made()]],
  ['attestation-direct', 'differs', [refused('verification_failed', { by: 'server', failedChecks: ['Signature'] })]],
  ['two-users', 'as-specified', [made(), signedIn(), signedIn({ credentialId: 'CCCC' })]],
  ['two-users', 'differs', [made(), signedIn(), signedIn()]],
  ['two-users', 'differs', [made(), signedIn(), signedIn({ credentialId: 'CCCC' }, false)]],
  ['verification-discouraged', 'as-specified', [made({ userVerified: false }), signedIn({ userVerified: false })]],
  ['verification-discouraged', 'differs', [made({ userVerified: true }), signedIn({ userVerified: false })]],
  ['verification-preferred', 'as-specified', [made(), signedIn()]],
  ['verification-preferred', 'differs', [made({ userVerified: false }), signedIn()]],
  ['verification-required', 'as-specified', [made(), signedIn()]],
  ['verification-required', 'differs', [made(), signedIn({ userVerified: false })]],
  ['verification-required', 'not-supported', [refused('NotAllowedError')]],
  ['fallback-algorithm', 'as-specified', [made({ algorithm: -257 })]],
  ['fallback-algorithm', 'differs', [made({ algorithm: -70_000 })]],
  ['fallback-algorithm', 'differs', [refused('NotSupportedError')]],
  ['resident-key', 'as-specified', [made(), signedIn()]],
  ['resident-key', 'differs', [made(), { done: true, answer: answer(), rightUser: true }]],
  ['resident-key', 'not-supported', [refused('ConstraintError')]],
  ['exclude-credentials', 'as-specified', [refused('InvalidStateError')]],
  ['exclude-credentials', 'differs', [made()]],
  ['exclude-credentials', 'differs', [refused('UnknownError')]],
  ['cred-props', 'as-specified', [made({ extensions: { credProps: { rk: true } } })]],
  ['cred-props', 'differs', [made({ extensions: { credProps: { rk: false } } })]],
  ['cred-props', 'not-supported', [made()]],
  ['cred-props', 'not-supported', [made({ extensions: { credProps: {} } })]],
  [
    'prf',
    'as-specified',
    [made(prf({ enabled: true })), signedIn(prf({ results: { first } })), signedIn(prf({ results: { first } }))],
  ],
  [
    'prf',
    'differs',
    [
      made(prf({ enabled: true })),
      signedIn(prf({ results: { first } })),
      signedIn(prf({ results: { first: 'b'.repeat(43) } })),
    ],
  ],
  ['prf', 'differs', [made(prf({ enabled: true })), signedIn(), signedIn()]],
  ['prf', 'differs', [made(), signedIn(prf({ results: { first } })), signedIn(prf({ results: { first } }))]],
  ['prf', 'not-supported', [made(prf({ enabled: false })), signedIn(), signedIn()]],
  [
    'large-blob',
    'as-specified',
    [
      made(blob({ supported: true })),
      signedIn(blob({ written: true })),
      signedIn(blob({ blob: 'Y29tcGF0aWJpbGl0eQ' })),
    ],
  ],
  [
    'large-blob',
    'differs',
    [made(blob({ supported: true })), signedIn(blob({ written: true })), signedIn(blob({ blob: 'AAAA' }))],
  ],
  ['large-blob', 'differs', [made(blob({ supported: true })), signedIn(blob({ written: false })), signedIn()]],
  ['large-blob', 'not-supported', [made()]],
  ['large-blob', 'not-supported', [made(), refused('NotSupportedError')]],
  ['signal', 'as-specified', [{ done: true, lacking: [], differences: [] }]],
  ['signal', 'differs', [{ done: false, lacking: [], differences: ['signalUnknownCredential was refused.'] }]],
  ['signal', 'not-supported', [{ done: false, lacking: ['signalUnknownCredential'], differences: [] }]],
  ['ids', 'as-specified', [signedIn()], [made()]],
  ['ids', 'differs', [signedIn()], [made({ idsAgree: false })]],
  ['ids', 'differs', [signedIn({ credentialId: 'CCCC' })], [made()]],
  ['ids', 'differs', [signedIn({}, false)], [made()]],
  ['transports', 'as-specified', [], [made(), made({ transports: ['hybrid', 'internal'] })]],
  ['transports', 'differs', [], [made({ transports: ['internal', 'cable'] })]],
  ['transports', 'differs', [], [made({ transports: ['usb', 'nfc'] })]],
  ['transports', 'differs', [], [made({ transports: ['usb', 'usb'] })]],
  ['transports', 'not-supported', [], [made({ transports: [] })]],
  ['transports', 'skipped', [], []],
  ['json', 'as-specified', [{ ...made(), differences: [] }]],
  ['json', 'differs', [{ ...made(), differences: ['response.transports'] }]],
  ['json', 'not-supported', [{ done: false, lacking: ['toJSON'] }]],
]

test.each(cases)('%s: %s', (id, outcome, evidence, madeSoFar = []) => {
  const step = compatibilitySteps.find((each) => each.id === id)
  const verdict = step?.judge(evidence, madeSoFar)
  expect(verdict).toMatchObject({ outcome })
  expect(verdict?.why).toMatch(/^.{4,}[.)]$/)
})

test('there are sixteen steps, and each has a right and a wrong answer here', () => {
  expect(compatibilitySteps).toHaveLength(16)
  expect(new Set(compatibilitySteps.map(({ id }) => id)).size).toBe(16)
  for (const { id } of compatibilitySteps) {
    for (const wanted of ['as-specified', 'differs'] as const) {
      expect(
        cases.some(([step, outcome]) => step === id && outcome === wanted),
        `${id}: ${wanted}`,
      ).toBe(true)
    }
  }
})

test('a step needs a passkey only of a step before it', () => {
  const before = new Set<string>()
  for (const { id, needs, acts } of compatibilitySteps) {
    if (needs) expect(before.has(needs), id).toBe(true)
    for (const act of acts) {
      if (act.do === 'register' && act.exclude) expect(before.has(act.exclude), id).toBe(true)
      if (act.do === 'authenticate' || act.do === 'signal') expect(before.has(act.as), id).toBe(true)
      else before.add(act.as)
    }
  }
})

test('what a person ended, and what is not the authenticator’s, leaves a step open', () => {
  expect(failedVerdict([refused('NotAllowedError', { calm: true })])).toMatchObject({ outcome: 'open' })
  for (const code of ['rate_limited', 'network', 'api_key_invalid']) {
    expect(failedVerdict([refused(code, { by: 'elsewhere' })], true)).toMatchObject({ outcome: 'open' })
  }
  expect(failedVerdict([made(), signedIn()])).toBeUndefined()
})
