import { expect, test } from 'vitest'
import type { AuthenticationOptions, RegistrationOptions } from '#lib/contract/options.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import {
  attemptRegistration,
  attemptSignIn,
  deepCbor,
  flipped,
  type Get,
  longer,
  otherOrigins,
  type Tenant,
  verdictOn,
} from './ceremonies-harness.ts'
import { baseUrl, newTenant } from './harness.ts'

interface Row {
  what: string
  get: Get
  failures: string[]
  options?: AuthenticationOptions
  /** Null: usernameless. */
  username?: string | null
}

const stranger = new SoftwareAuthenticator({ origin: baseUrl }).credentials.add({ rpId: new URL(baseUrl).hostname })
const broken = (text: string | Uint8Array) => ({ get: { clientDataText: text }, failures: ['client-data-json'] })
const withData = (authenticatorData: (data: Uint8Array) => Uint8Array) => ({
  get: { authenticatorData },
  failures: ['authenticator-data'],
})
const withExtensions = (extensions: Uint8Array) =>
  withData((data) => Uint8Array.of(...data.with(32, (data[32] ?? 0) | 0x80), ...extensions))

/** Attested credential data with an ID of one byte and a key of no coordinates. */
const brokenCredential = [...new Uint8Array(16), 0, 1, 7, 0xa2, 0x01, 0x02, 0x03, 0x26]

/** Client data and authenticator data are signed as they are said, so that the signature is never what fails. */
const signed: Row[] = [
  { what: 'the type of a registration', get: { clientData: { type: 'webauthn.create' } }, failures: ['type'] },
  ...otherOrigins(baseUrl).map(([what, origin]) => ({
    what: `an origin with ${what}`,
    get: { clientData: { origin } },
    failures: ['origin'],
  })),
  { what: 'crossOrigin: true', get: { clientData: { crossOrigin: true } }, failures: ['cross-origin'] },
  { what: 'a topOrigin', get: { clientData: { topOrigin: baseUrl } }, failures: ['top-origin'] },
  {
    what: 'a padded challenge',
    get: ({ challenge }) => ({ clientData: { challenge: `${challenge}=` } }),
    failures: ['client-data-json', 'challenge'],
  },
  { what: 'client data that is not JSON', ...broken('{') },
  { what: 'client data that is an array', ...broken('[]') },
  { what: 'empty client data', ...broken('') },
  { what: 'client data that is not UTF-8', ...broken(Uint8Array.of(0x7b, 0xff, 0x7d)) },
  { what: 'another RP’s ID', get: { rpId: 'localhost.example' }, failures: ['rp-id-hash'] },
  { what: 'nobody present', get: { flags: { up: false } }, failures: ['user-present'] },
  {
    what: 'nobody verified where that is required',
    get: { flags: { uv: false } },
    failures: ['user-verified'],
    options: { userVerification: 'required' },
  },
  { what: 'a backup of what cannot be backed up', get: { flags: { bs: true } }, failures: ['backup-flags'] },
  { what: 'backup eligibility that came later', get: { flags: { be: true } }, failures: ['backup-eligibility'] },
  { what: 'a byte after the authenticator data', ...withData(longer) },
  { what: 'extensions nested 3,000 deep', ...withExtensions(deepCbor) },
  { what: 'extensions announced and absent', ...withExtensions(new Uint8Array()) },
  {
    what: 'a broken credential in it',
    ...withData((data) => Uint8Array.of(...data.with(32, 0x45), ...brokenCredential)),
  },
]

const cut: Row[] = [0, 36].map((length) => ({
  what: `authenticator data of ${length} bytes`,
  get: { authenticatorData: (data) => data.subarray(0, length) },
  failures: ['authenticator-data'],
}))

const signatures: Row[] = [
  { what: 'a flipped signature', get: { signature: flipped }, failures: ['signature'] },
  { what: 'an empty signature', get: { signature: () => new Uint8Array() }, failures: ['signature'] },
  { what: 'a signature of zero bytes', get: { signature: () => new Uint8Array(70) }, failures: ['signature'] },
  { what: 'a signature with a byte after it', get: { signature: longer }, failures: ['signature'] },
  { what: 'the signature of another key', get: { privateKey: stranger.privateKey }, failures: ['signature'] },
]

const identities: Row[] = [
  {
    what: 'an unknown credential',
    get: { id: stranger.id },
    failures: ['allow-credentials', 'credential-known'],
  },
  {
    what: 'an unknown credential, usernameless',
    get: { id: stranger.id },
    failures: ['credential-known'],
    username: null,
  },
  {
    what: 'a credential ID of no bytes',
    get: { id: '' },
    failures: ['credential-id', 'credential-known'],
    username: null,
  },
  { what: 'an id that is not the rawId', get: { rawId: stranger.id }, failures: ['credential-id'] },
  { what: 'another type of credential', get: { type: 'password' }, failures: ['credential-type'] },
  { what: 'another’s user handle', get: { userHandle: stranger.userHandle }, failures: ['user-handle'] },
  {
    what: 'another’s user handle, usernameless',
    get: { userHandle: stranger.userHandle },
    failures: ['user-handle'],
    username: null,
  },
  { what: 'no user handle, usernameless', get: { userHandle: null }, failures: ['user-handle'], username: null },
  {
    what: 'a credential outside allowCredentials',
    get: {},
    failures: ['allow-credentials'],
    options: { allowCredentials: [stranger.id] },
  },
]

const discoverable: RegistrationOptions = { authenticatorSelection: { residentKey: 'required' } }

/** A tenant whose user ada has signed in with her passkey, so that its counter is beyond zero. */
async function signedIn(settings: Partial<SoftwareAuthenticator['settings']> = {}) {
  const tenant = await newTenant()
  Object.assign(tenant.authenticator.settings, settings)
  const { passkey } = await attemptRegistration(tenant, { options: discoverable })
  await attemptSignIn(tenant)
  return { ...tenant, passkey }
}

test.each([...signed, ...cut, ...signatures, ...identities])(
  'a sign-in with $what is refused, and the passkey stays as it was',
  async ({ get, failures, options = {}, username = 'ada' }) => {
    const tenant = await signedIn()
    const own: Get = (publicKey) => ({
      credentialId: tenant.passkey.credentialId,
      ...(typeof get === 'function' ? get(publicKey) : get),
    })
    const before = await tenant.stored()
    expect(await verdictOn(attemptSignIn(tenant, { get: own, options, username }))).toEqual({
      status: 401,
      code: 'verification_failed',
      failures,
    })
    expect(await tenant.stored()).toEqual(before)
    expect((await attemptSignIn(tenant, { username })).passkey.id).toBe(tenant.passkey.id)
  },
)

test.each<[what: string, get: Get, username?: null]>([
  ['nobody verified where that is preferred', { flags: { uv: false } }],
  ['no user handle where a user was named', { userHandle: null }],
  ['no username', {}, null],
  ['members of a later edition', { clientData: { tomorrow: true } }],
])('a sign-in with %s is accepted', async (_, get, username) => {
  const tenant = await signedIn()
  expect((await attemptSignIn(tenant, { get, username: username === null ? null : 'ada' })).user.username).toBe('ada')
})

test('a synced passkey may be backed up later, and may not lose its eligibility', async () => {
  const tenant = await signedIn({ backupEligible: true, counts: false })
  expect((await attemptSignIn(tenant, { get: { flags: { bs: true } } })).passkey.backedUp).toBe(true)
  const before = await tenant.stored()
  expect(before.passkeys[0]?.backedUp).toBe(true)
  expect((await verdictOn(attemptSignIn(tenant, { get: { flags: { be: false } } }))).failures).toEqual([
    'backup-eligibility',
  ])
  expect(await tenant.stored()).toEqual(before)
})

test('a named user’s sign-in takes no other user’s passkey', async () => {
  const tenant = await signedIn()
  const bob = await attemptRegistration(tenant, { username: 'bob', options: discoverable })
  const before = await tenant.stored()
  for (const [allowCredentials, failures] of [
    ['registered', ['allow-credentials', 'credential-owner', 'user-handle']],
    ['none', ['credential-owner', 'user-handle']],
    [[bob.passkey.credentialId], ['credential-owner', 'user-handle']],
  ] as const) {
    const options = {
      allowCredentials: typeof allowCredentials === 'string' ? allowCredentials : [...allowCredentials],
    }
    const call = attemptSignIn(tenant, { options, get: { credentialId: bob.passkey.credentialId } })
    expect((await verdictOn(call)).failures).toEqual(failures)
  }
  expect(await tenant.stored()).toEqual(before)
  expect((await attemptSignIn(tenant, { username: 'bob' })).user).toEqual(bob.user)
})

test('a counter that does not grow is refused, and the stored one stays', async () => {
  const tenant = await signedIn()
  await attemptSignIn(tenant, { get: { signCount: 7 } })
  const before = await tenant.stored()
  for (const signCount of [7, 6, 0]) {
    expect(await verdictOn(attemptSignIn(tenant, { get: { signCount } }))).toEqual({
      status: 401,
      code: 'verification_failed',
      failures: ['sign-count'],
    })
    expect(await tenant.stored()).toEqual(before)
  }
  expect((await attemptSignIn(tenant, { get: { signCount: 8 } })).passkey.signCount).toBe(8)
  expect((await attemptSignIn(tenant, { get: { signCount: 2 ** 32 - 1 } })).passkey.signCount).toBe(2 ** 32 - 1)
})

test('a counter may stay at zero, and once it counts it may not return there', async () => {
  const tenant = await signedIn({ counts: false })
  expect((await attemptSignIn(tenant)).passkey.signCount).toBe(0)
  await attemptSignIn(tenant, { get: { signCount: 1 } })
  expect((await verdictOn(attemptSignIn(tenant))).failures).toEqual(['sign-count'])
  expect((await tenant.stored()).passkeys[0]?.signCount).toBe(1n)
})

test.each<[whose: string, begin: (tenant: Tenant) => Promise<{ publicKey: { challenge: string } }>]>([
  ['of another ceremony', ({ client }) => client.passkeys.authenticate.begin({ username: 'ada' })],
  ['of a usernameless one', ({ client }) => client.passkeys.authenticate.begin()],
  ['of a registration', ({ client }) => client.passkeys.register.begin({ username: 'bob' })],
  ['of another tenant', async () => (await newTenant()).client.passkeys.authenticate.begin()],
  [
    'of the other environment',
    async ({ addKey }) => (await addKey('live', ['passkeys:authenticate'])).client.passkeys.authenticate.begin(),
  ],
])('the challenge %s is refused, and the passkey stays as it was', async (_, begin) => {
  const tenant = await signedIn()
  const before = await tenant.stored()
  const { challenge } = (await begin(tenant)).publicKey
  expect((await verdictOn(attemptSignIn(tenant, { get: { clientData: { challenge } } }))).failures).toEqual([
    'challenge',
  ])
  expect(await tenant.stored()).toEqual(before)
})
