import { encode } from 'cborg'
import { describe, expect, test } from 'vitest'
import type { Check } from '#lib/webauthn/checks/check.ts'
import {
  attemptRegistration,
  attemptSignIn,
  type Create,
  flipped,
  type Get,
  type Tenant,
} from './ceremonies-harness.ts'
import { newTenant, refusal } from './harness.ts'

// Where the specification and SimpleWebAuthn can differ: each place, at both ceremonies, in both directions.

const opinionIn = (checks: Check[] = []) => checks.find(({ id }) => id === 'second-opinion')
const failuresIn = (checks: Check[] = []) => checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id)
const failuresOf = async (call: Promise<unknown>) => failuresIn((await refusal(call)).checks)

/** A tenant whose authenticator attests for itself, so that a statement is verified, too. */
async function attesting(): Promise<Tenant> {
  const tenant = await newTenant()
  tenant.authenticator.settings.attestation = 'packed'
  return tenant
}

describe('tokenBinding, which Level 3 reserves and gives no meaning', () => {
  const id = 'AAAA'
  /** Any shape, and who of the two ceremonies SimpleWebAuthn has do take it. */
  const shapes: [tokenBinding: unknown, registration: boolean, authentication: boolean][] = [
    [{ status: 'supported' }, true, true],
    [{ status: 'present', id }, true, true],
    [{ status: 'not-supported' }, true, false],
    [{ status: 'notSupported' }, false, true],
    [{ status: 'unused' }, false, false],
    [{ status: 7 }, false, false],
    [{}, false, false],
    [[], false, false],
    ['unused', false, false],
    [true, false, false],
    [7, false, false],
    [null, true, true],
    ['', true, true],
    [0, true, true],
  ]

  test.each(shapes)('%j makes a passkey, and signs in with it', async (tokenBinding, atRegistration, atSignIn) => {
    const tenant = await attesting()
    const said = { clientData: { tokenBinding } }
    const opinion = (agrees: boolean) =>
      agrees
        ? { outcome: 'pass', actual: 'verified' }
        : { outcome: 'skipped', actual: expect.stringMatching(/^differs: it refuses a tokenBinding; .*Level 3/) }
    const made = await attemptRegistration(tenant, { create: said })
    expect(opinionIn(made.checks)).toMatchObject(opinion(atRegistration))
    expect(made.checks.find((check) => check.id === 'attestation-statement')?.outcome).toBe('pass')
    expect(opinionIn((await attemptSignIn(tenant, { get: said })).checks)).toMatchObject(opinion(atSignIn))
  })

  test('hides nothing else that is refused', async () => {
    const tenant = await attesting()
    const said = { clientData: { tokenBinding: 'unused' } }
    const create = { ...said, signature: flipped }
    expect(await failuresOf(attemptRegistration(tenant, { create }))).toEqual([
      'attestation-statement',
      'second-opinion',
    ])
    expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
    await attemptRegistration(tenant, { create: said })
    const before = await tenant.stored()
    for (const [get, failure] of [
      [{ signature: flipped }, 'signature'],
      [{ rpId: 'localhost.example' }, 'rp-id-hash'],
      [{ flags: { up: false } }, 'user-present'],
    ] as const) {
      expect(await failuresOf(attemptSignIn(tenant, { get: { ...said, ...get } }))).toEqual([failure, 'second-opinion'])
    }
    expect(await tenant.stored()).toEqual(before)
  })
})

describe('floats among the outputs of extensions', () => {
  const floats: [what: string, bytes: number[]][] = [
    ['half a float', [0xf9, 0x3e, 0x00]],
    ['a double that would fit into less', [0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0]],
  ]
  const saying = (bytes: number[]) => ({
    authenticatorData: (data: Uint8Array) =>
      Uint8Array.of(...data.with(32, (data[32] ?? 0) | 0x80), 0xa1, ...encode('x'), ...bytes),
  })

  test.each(floats)('%s is no reason to refuse, though SimpleWebAuthn cannot read it', async (_, bytes) => {
    const tenant = await newTenant()
    const differs = { outcome: 'skipped', actual: expect.stringMatching(/^differs: it refuses a float/) }
    const made = await attemptRegistration(tenant, { create: saying(bytes) })
    expect(opinionIn(made.checks)).toMatchObject(differs)
    const before = await tenant.stored()
    expect(await failuresOf(attemptSignIn(tenant, { get: { ...saying(bytes), signature: flipped } }))).toEqual([
      'signature',
    ])
    expect(await tenant.stored()).toEqual(before)
    expect(opinionIn((await attemptSignIn(tenant, { get: saying(bytes) })).checks)).toMatchObject(differs)
  })

  test('leave an attestation statement that nobody could verify, which is not taken', async () => {
    const tenant = await attesting()
    const create = saying([0xf9, 0x3e, 0x00])
    expect(await failuresOf(attemptRegistration(tenant, { create }))).toEqual(['attestation-statement'])
    expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
    await attemptRegistration(tenant)
  })
})

describe('what SimpleWebAuthn takes, and the specification does not, is refused all the same', () => {
  const agreed = { outcome: 'pass', actual: 'verified' }
  const p256 = { pubKeyCredParams: [-7] }
  const registrations: [what: string, create: Create, failure: string][] = [
    ['a frame in another site', { clientData: { crossOrigin: true } }, 'cross-origin'],
    ['a top origin', { clientData: { topOrigin: 'https://example.com' } }, 'top-origin'],
    ['a point off its curve', { coseKey: (key) => key.set(-3, new Uint8Array(32).fill(1)) }, 'credential-public-key'],
  ]
  const signIns: [what: string, get: Get, failure: string][] = [
    ['a frame in another site', { clientData: { crossOrigin: true } }, 'cross-origin'],
    ['backup eligibility that came later', { flags: { be: true } }, 'backup-eligibility'],
    ['another’s user handle', { userHandle: 'AAAA' }, 'user-handle'],
    ['a signature in another encoding', { signature: (good) => longForm(good) }, 'signature-encoding'],
  ]
  /** The length of the whole in the long form: BER, and not DER. */
  const longForm = (signature: Uint8Array) => Uint8Array.of(0x30, 0x81, ...signature.subarray(1))

  test.each(registrations)('at a registration: %s', async (_, create, failure) => {
    const tenant = await newTenant()
    const { checks } = await refusal(attemptRegistration(tenant, { create, options: p256 }))
    expect(failuresIn(checks)).toEqual([failure])
    expect(opinionIn(checks)).toMatchObject(agreed)
    expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
    await attemptRegistration(tenant, { options: p256 })
  })

  test.each(signIns)('at a sign-in: %s', async (_, get, failure) => {
    const tenant = await newTenant()
    await attemptRegistration(tenant, { options: p256 })
    const before = await tenant.stored()
    const { checks } = await refusal(attemptSignIn(tenant, { get }))
    expect(failuresIn(checks)).toEqual([failure])
    expect(opinionIn(checks)).toMatchObject(agreed)
    expect(await tenant.stored()).toEqual(before)
    await attemptSignIn(tenant)
  })
})

describe('no answer has SimpleWebAuthn’s own words, or a certificate', () => {
  const planted = 'PLANTED-CERTIFICATE-TEXT'
  const certificate = new Uint8Array(Buffer.from(planted.repeat(20)))
  const creates: [what: string, create: Create, reason: string][] = [
    [
      'a certificate that is none',
      { attStmt: (truth) => truth.set('x5c', [certificate]) },
      'SimpleWebAuthn could not read it',
    ],
    ['another origin', { clientData: { origin: planted } }, 'another origin'],
    ['another type', { clientData: { type: planted } }, 'the type of another ceremony'],
    ['another type of credential', { type: planted }, 'a credential of another type'],
    ['another format', { fmt: planted }, 'an attestation format that it does not know'],
    ['another RP', { rpId: 'example.org' }, 'another RP ID'],
  ]
  test.each(creates)('where a registration has %s', async (_, create, reason) => {
    const problem = await refusal(attemptRegistration(await attesting(), { create }))
    expect(opinionIn(problem.checks)).toMatchObject({ outcome: 'fail', actual: reason })
    const answer = JSON.stringify(problem)
    expect(answer).not.toContain(Buffer.from(certificate).toString('base64').slice(0, 40))
    // A challenge is random letters, among which any three may stand.
    expect(answer).not.toMatch(/BEGIN CERT|Unexpected|expected one of|Cannot|(?<![\w-])ASN|Invalid|Error/)
  })
})
