import { expect, test } from 'vitest'
import { check } from '#lib/contract/check.ts'
import { attemptRegistration, attemptSignIn, flipped, verdictOn } from './ceremonies-harness.ts'
import { newTenant, refusal } from './harness.ts'

// By name: a step that is lost is a promise that is broken.

const registrationSteps = [
  'credential-type',
  'credential-id',
  'client-data-json',
  'type',
  'challenge',
  'origin',
  'cross-origin',
  'top-origin',
  'attestation-object',
  'credential-public-key',
  'authenticator-data',
  'rp-id-hash',
  'user-present',
  'user-verified',
  'backup-flags',
  'algorithm',
  'attestation-format',
  'signature-encoding',
  'attestation-statement',
  'attestation-trust',
  'credential-id-length',
  'credential-not-registered',
  'extensions',
  'second-opinion',
]

const authenticationSteps = [
  'credential-type',
  'credential-id',
  'allow-credentials',
  'credential-known',
  'credential-owner',
  'user-handle',
  'authenticator-data',
  'client-data-json',
  'type',
  'challenge',
  'origin',
  'cross-origin',
  'top-origin',
  'rp-id-hash',
  'user-present',
  'user-verified',
  'backup-flags',
  'backup-eligibility',
  'signature-encoding',
  'signature',
  'sign-count',
  'extensions',
  'second-opinion',
]

const ids = (checks: { id: string }[]) => checks.map(({ id }) => id)

test('a good registration shows that it passed every step of §7.1', async () => {
  const { checks } = await attemptRegistration(await newTenant())
  expect(ids(checks)).toEqual(registrationSteps)
  expect(checks.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
})

test('a good authentication shows that it passed every step of §7.2', async () => {
  const tenant = await newTenant()
  await attemptRegistration(tenant)
  const { checks } = await attemptSignIn(tenant)
  expect(ids(checks)).toEqual(authenticationSteps)
  expect(checks.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
})

test('every check says what was expected, what came, and where the specification has it', async () => {
  const tenant = await newTenant()
  const { checks: registration } = await attemptRegistration(tenant)
  const { checks: authentication } = await attemptSignIn(tenant)
  for (const shown of [...registration, ...authentication]) {
    expect(check.strict().safeParse(shown).error).toBeUndefined()
    expect([shown.title, shown.expected, shown.actual]).not.toContain('')
    if (shown.id !== 'second-opinion') expect(shown.spec).toMatch(/^https:\/\/www\.w3\.org\/TR\/webauthn-3\/#[\w-]+$/)
  }
})

test('two faults of a registration are both told, and no step is left out', async () => {
  const tenant = await newTenant()
  const create = { clientData: { origin: 'https://evil.example' }, flags: { up: false } }
  const problem = await refusal(attemptRegistration(tenant, { create }))
  expect(ids(problem.checks ?? [])).toEqual(registrationSteps)
  expect((await verdictOn(attemptRegistration(tenant, { create }))).failures).toEqual(['origin', 'user-present'])
  expect(problem.detail).toContain('https://evil.example')
})

test('two faults of a sign-in are both told, and no step is left out', async () => {
  const tenant = await newTenant()
  await attemptRegistration(tenant)
  const get = { rpId: 'localhost.example', signature: flipped }
  const problem = await refusal(attemptSignIn(tenant, { get }))
  expect(ids(problem.checks ?? [])).toEqual(authenticationSteps)
  expect((await verdictOn(attemptSignIn(tenant, { get }))).failures).toEqual(['rp-id-hash', 'signature'])
})

test('a response of which nothing can be read still gets every step, skipped with the reason', async () => {
  const tenant = await newTenant()
  const create = { clientDataText: '', attestationObject: () => new Uint8Array() }
  const { checks = [] } = await refusal(attemptRegistration(tenant, { create }))
  expect(ids(checks)).toEqual(registrationSteps)
  expect(checks.find(({ id }) => id === 'user-present')).toMatchObject({
    outcome: 'skipped',
    expected: 'set',
    actual: 'the authenticator data does not decode',
  })
})
