import { describe, expect, test } from 'vitest'
import type { Check } from './index.ts'
import { authentication, challenge, decoded, failures, left, type Row, registration } from './samples.ts'

const shared: Row[] = [
  ['a type other than public-key', (c) => (c.credential.type = 'password'), 'credential-type'],
  ['a padded challenge', (c) => (c.clientData.value.challenge += '='), 'challenge'],
  [
    'a challenge in the other alphabet',
    (c) => (c.clientData.value.challenge = challenge.replaceAll('-', '+').replaceAll('_', '/')),
    'challenge',
  ],
  ['another challenge', (c) => (c.clientData.value.challenge = 'AAAA'), 'challenge'],
  ['no challenge', (c) => delete c.clientData.value.challenge, 'challenge'],
  ['an empty challenge on both sides', (c) => (c.clientData.value.challenge = c.expected.challenge = ''), 'challenge'],
  ['another port', (c) => (c.clientData.value.origin = 'http://localhost:3001'), 'origin'],
  ['another scheme', (c) => (c.clientData.value.origin = 'https://localhost:3000'), 'origin'],
  ['another case', (c) => (c.clientData.value.origin = 'http://LOCALHOST:3000'), 'origin'],
  ['a trailing slash', (c) => (c.clientData.value.origin = 'http://localhost:3000/'), 'origin'],
  ['an origin that only begins alike', (c) => (c.clientData.value.origin = 'http://localhost:3000.evil'), 'origin'],
  ['an origin in a list', (c) => (c.clientData.value.origin = ['http://localhost:3000']), 'origin'],
  ['no origin', (c) => delete c.clientData.value.origin, 'origin'],
  ['crossOrigin true', (c) => (c.clientData.value.crossOrigin = true), 'cross-origin'],
  ['crossOrigin as text', (c) => (c.clientData.value.crossOrigin = 'false'), 'cross-origin'],
  ['crossOrigin null', (c) => (c.clientData.value.crossOrigin = null), 'cross-origin'],
  ['a top origin', (c) => (c.clientData.value.topOrigin = 'http://localhost:3000'), 'top-origin'],
  ['a top origin of null', (c) => (c.clientData.value.topOrigin = null), 'top-origin'],
  ['client data that does not decode', (c) => (c.clientData = decoded(undefined, 'not JSON')), 'client-data-json'],
  ['another RP ID hash', (c) => (c.authenticatorData.value.rpIdHash = new Uint8Array(32)), 'rp-id-hash'],
  ['a short RP ID hash', (c) => (c.authenticatorData.value.rpIdHash = new Uint8Array(31).fill(1)), 'rp-id-hash'],
  ['nobody present', (c) => (c.authenticatorData.value.flags.up = false), 'user-present'],
  ['nobody verified where required', (c) => (c.authenticatorData.value.flags.uv = false), 'user-verified'],
  ['backed up but not eligible', (c) => (c.authenticatorData.value.flags.bs = true), 'backup-flags'],
  ['what SimpleWebAuthn refuses', (c) => (c.opinion = { outcome: 'refused' }), 'second-opinion'],
  ['bytes left over', (c) => left(c.authenticatorData), 'authenticator-data'],
]

const find = (checks: Check[], id: string) => checks.find((check) => check.id === id)

describe.each([
  ['registration', registration],
  ['authentication', authentication],
])('%s', (_, checksOf) => {
  test('a good response fails no check and skips none', () => {
    expect(checksOf().filter((check) => check.outcome !== 'pass')).toEqual([])
  })
  test.each(shared)('refuses %s', (_, change, failure) => {
    expect(failures(checksOf(change))).toEqual([failure])
  })
})

describe('what people read', () => {
  test('checks go on past the first failure, in the specification’s order', () => {
    const checks = authentication((c) => {
      c.clientData.value.challenge = 'AAAA'
      c.signature.valid = false
    })
    expect(failures(checks)).toEqual(['challenge', 'signature'])
    const steps = checks.flatMap(({ step }) => (step ? [Number(step.replace('§7.2 step ', ''))] : []))
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length)
  })
  test('what cannot be judged is skipped, with the reason, and its structure fails', () => {
    const checks = registration((c) => {
      c.attestationObject = decoded(undefined, 'not CBOR')
      delete c.authenticatorData
    })
    expect(failures(checks)).toEqual(['attestation-object'])
    expect(find(checks, 'attestation-object')?.actual).toBe('part: not CBOR')
    expect(find(checks, 'user-present')).toMatchObject({ outcome: 'skipped', expected: 'set' })
  })
  test('a step says its number, its place, and both sides', () => {
    const checks = registration((c) => (c.clientData.value.origin = 'http://localhost:3001'))
    expect(find(checks, 'origin')).toEqual({
      id: 'origin',
      title: 'Origin',
      spec: 'https://www.w3.org/TR/webauthn-3/#rp-op-registering-a-new-credential-step-origin',
      step: '§7.1 step 9',
      outcome: 'fail',
      expected: 'http://localhost:3000 or https://example.org',
      actual: 'http://localhost:3001',
    })
    expect(find(authentication(), 'origin')?.step).toBe('§7.2 step 12')
  })
  test('the second opinion comes last, with its reason, and names its own page', () => {
    for (const checksOf of [registration, authentication]) {
      expect(checksOf((c) => (c.opinion = { outcome: 'refused', reason: 'another origin' })).at(-1)).toEqual({
        id: 'second-opinion',
        title: 'SimpleWebAuthn agrees',
        spec: 'https://simplewebauthn.dev/docs/packages/server',
        outcome: 'fail',
        expected: 'verified',
        actual: 'another origin',
      })
    }
  })
  test('a difference in the middle of long values stays visible', () => {
    const other = `${challenge.slice(0, 20)}x${challenge.slice(21)}`
    const check = find(
      registration((c) => (c.clientData.value.challenge = other)),
      'challenge',
    )
    expect(check).toMatchObject({ expected: challenge, actual: other })
  })
  test('nothing that a client sends is too strange to be shown', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    const checks = registration((c) => {
      c.clientData.value.type = deep
      c.authenticatorData.value.extensions = new Map([[2n ** 60n, 1]])
    })
    expect(find(checks, 'type')?.actual).toBe('nested too deep to show')
    expect(find(checks, 'extensions')?.actual).toContain(String(2n ** 60n))
  })
  test('nothing that a client sends makes a text long', () => {
    const long = 'x'.repeat(50_000)
    const checks = registration((c) => {
      Object.assign(c.clientData.value, { type: long, challenge: long, origin: long, crossOrigin: { long } })
      Object.assign(c.credential, { id: long, type: long })
      c.clientExtensionResults = { [long]: 1 }
      c.opinion = { outcome: 'refused', reason: long }
    })
    for (const check of checks) expect(check.actual.length).toBeLessThan(500)
  })
})
