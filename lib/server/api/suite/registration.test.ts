import { expect, test } from 'vitest'
import type { RegistrationOptions } from '#lib/contract/options.ts'
import { attemptRegistration, type Create, otherOrigins, type Tenant, verdictOn } from './ceremonies-harness.ts'
import { baseUrl, newTenant } from './harness.ts'

interface Row {
  what: string
  create: Create
  failures: string[]
  options?: RegistrationOptions
}

const text = (json: string | Uint8Array, failures = ['client-data-json']) => ({
  create: { clientDataText: json },
  failures,
})

const clientData: Row[] = [
  { what: 'the type of a sign-in', create: { clientData: { type: 'webauthn.get' } }, failures: ['type'] },
  { what: 'the type of a payment', create: { clientData: { type: 'payment.get' } }, failures: ['type'] },
  ...otherOrigins(baseUrl).map(([what, origin]) => ({
    what: `an origin with ${what}`,
    create: { clientData: { origin } },
    failures: ['origin'],
  })),
  { what: 'crossOrigin: true', create: { clientData: { crossOrigin: true } }, failures: ['cross-origin'] },
  {
    what: 'a crossOrigin that is text',
    create: { clientData: { crossOrigin: 'false' } },
    failures: ['client-data-json', 'cross-origin'],
  },
  { what: 'a topOrigin', create: { clientData: { topOrigin: baseUrl } }, failures: ['top-origin'] },
  {
    what: 'a padded challenge',
    create: ({ challenge }) => ({ clientData: { challenge: `${challenge}=` } }),
    failures: ['client-data-json', 'challenge'],
  },
  {
    what: 'no challenge',
    create: { clientData: { challenge: undefined } },
    failures: ['client-data-json', 'challenge'],
  },
  { what: 'a made-up challenge', create: { clientData: { challenge: 'A'.repeat(43) } }, failures: ['challenge'] },
  { what: 'client data that is not JSON', ...text('{') },
  { what: 'client data that is an array', ...text('[]') },
  { what: 'client data that is null', ...text('null') },
  { what: 'empty client data', ...text('') },
  {
    what: 'client data that is not UTF-8',
    create: ({ challenge }) => ({ clientDataText: Buffer.from(said(challenge, ',"extra":"\xff"'), 'latin1') }),
    failures: ['client-data-json'],
  },
  {
    what: 'a member written twice',
    create: ({ challenge }) => ({ clientDataText: said(challenge, `,"origin":"${baseUrl}"`) }),
    failures: ['client-data-json'],
  },
  {
    what: 'a type nested 4,000 deep',
    create: { clientDataText: `{"type":${'['.repeat(4000)}${']'.repeat(4000)}}` },
    failures: ['client-data-json'],
  },
]

function said(challenge: string, more: string): string {
  const truth = { type: 'webauthn.create', challenge, origin: baseUrl, crossOrigin: false }
  return JSON.stringify(truth).replace(/}$/, `${more}}`)
}

const required: RegistrationOptions = { authenticatorSelection: { userVerification: 'required' } }

const authenticatorData: Row[] = [
  { what: 'another RP’s ID', create: { rpId: 'localhost.example' }, failures: ['rp-id-hash'] },
  { what: 'nobody present', create: { flags: { up: false } }, failures: ['user-present'] },
  {
    what: 'nobody verified where that is required',
    create: { flags: { uv: false } },
    failures: ['user-verified'],
    options: required,
  },
  { what: 'a backup of what cannot be backed up', create: { flags: { bs: true } }, failures: ['backup-flags'] },
  {
    what: 'an algorithm that was not offered',
    create: { credential: { algorithm: -36 } },
    failures: ['algorithm'],
    options: { pubKeyCredParams: [-7, -257] },
  },
  {
    what: 'no credential',
    create: { flags: 0x01 },
    failures: ['attestation-object', 'credential-public-key', 'authenticator-data'],
  },
]

const outer: Row[] = [
  { what: 'an outer id that is not the one inside', create: { id: 'AAAA' }, failures: ['credential-id'] },
  { what: 'an id that is not the rawId', create: { rawId: 'AAAA' }, failures: ['credential-id'] },
  { what: 'another type of credential', create: { type: 'password' }, failures: ['credential-type'] },
]

test.each([...clientData, ...authenticatorData, ...outer])(
  'a registration with $what is refused, and nothing is kept',
  async ({ create, failures, options = {} }) => {
    const tenant = await newTenant()
    expect(await verdictOn(attemptRegistration(tenant, { create, options }))).toEqual({
      status: 400,
      code: 'verification_failed',
      failures,
    })
    expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
    await attemptRegistration(tenant, { options })
    expect((await tenant.stored()).passkeys).toHaveLength(1)
  },
)

test.each<[what: string, create: Create, options?: RegistrationOptions]>([
  ['nobody verified where that is preferred', { flags: { uv: false } }],
  ['a passkey that may be backed up', { flags: { be: true } }],
  ['a passkey that is backed up', { flags: { be: true, bs: true } }],
  ['no crossOrigin', { clientData: { crossOrigin: undefined } }],
  ['members of a later edition', { clientData: { tomorrow: true } }],
  ['extension outputs that nobody asked for', { extensions: new Map([['credProtect', 2]]) }],
  ['an algorithm that was chosen', {}, { pubKeyCredParams: [-36] }],
])('a registration with %s is accepted', async (_, create, options = {}) => {
  const tenant = await newTenant()
  await attemptRegistration(tenant, { create, options })
  expect((await tenant.stored()).passkeys).toHaveLength(1)
})

type Begin = (tenant: Tenant) => Promise<{ publicKey: { challenge: string } }>

test.each<[whose: string, begin: Begin]>([
  ['of another ceremony', ({ client }) => client.passkeys.register.begin({ username: 'ada' })],
  ['of another user', ({ client }) => client.passkeys.register.begin({ username: 'bob' })],
  ['of an authentication', ({ client }) => client.passkeys.authenticate.begin()],
  ['of another tenant', async () => (await newTenant()).client.passkeys.register.begin({ username: 'ada' })],
  [
    'of the other environment',
    async ({ addKey }) =>
      (await addKey('live', ['passkeys:register'])).client.passkeys.register.begin({ username: 'ada' }),
  ],
])('the challenge %s is refused, and nothing is kept', async (_, begin) => {
  const tenant = await newTenant()
  const { challenge } = (await begin(tenant)).publicKey
  expect(await verdictOn(attemptRegistration(tenant, { create: { clientData: { challenge } } }))).toEqual({
    status: 400,
    code: 'verification_failed',
    failures: ['challenge'],
  })
  expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
})
