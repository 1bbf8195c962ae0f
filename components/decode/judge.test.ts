import { expect, test } from 'vitest'
import { recordedCredential } from '#lib/webauthn/verify/recorded-credential.ts'
import { exampleAsked, examples } from './examples.ts'
import { judge, type SaidOfCeremony } from './judge.ts'
import { loadVerifier } from './load-verifier.ts'

const told = (value: string) => ({ value, own: false })
const asked: SaidOfCeremony = {
  challenge: told(exampleAsked.challenge),
  origins: told(`${exampleAsked.origin}, https://other.example`),
  rpId: told(` ${exampleAsked.rpId} `),
  userVerification: 'preferred',
  publicKey: '',
  signCount: '',
  userHandle: '',
  trustAnchors: '',
}

const textOf = (name: string) => examples.find((example) => example.name === name)?.text ?? ''

/** The faults, what failed, and how the steps came out, of an example. */
async function judged(name: string, change: Partial<SaidOfCeremony> = {}) {
  const credential = recordedCredential(JSON.parse(textOf(name)))
  if (!credential) throw new Error('no credential')
  const { checks, error } = await judge(await loadVerifier(), credential, { ...asked, ...change })
  const failures = checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)
  return { error, failures, outcomes: Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome])) }
}

test('what is told is judged, and what is the response’s own word is not', async () => {
  const { failures, outcomes } = await judged('Registration')
  expect(failures).toEqual([])
  expect(outcomes).toMatchObject({ challenge: 'pass', origin: 'pass', 'rp-id-hash': 'pass' })
  const own = await judged('Registration', { origins: { value: exampleAsked.origin, own: true } })
  expect(own.outcomes).toMatchObject({ challenge: 'pass', origin: 'skipped' })
})

test('without trust anchors, a public key or a count that can be read, the checks go on, and the fault is told', async () => {
  const registered = await judged('Registration', { trustAnchors: 'none' })
  expect(registered).toMatchObject({ failures: [], error: expect.stringMatching(/^certificates are needed/) })
  const good = await judged('Authentication', { publicKey: textOf('Registration'), signCount: '0' })
  expect(good).toMatchObject({ failures: [], error: undefined, outcomes: { signature: 'pass', 'sign-count': 'pass' } })
  for (const signCount of ['-1', '1.5', '4294967296', 'some']) {
    const signedIn = await judged('Authentication', { publicKey: 'none', signCount })
    expect(signedIn).toMatchObject({ failures: [], outcomes: { signature: 'skipped', 'sign-count': 'skipped' } })
    expect(signedIn.error).toMatch(/^no public key/)
  }
})
