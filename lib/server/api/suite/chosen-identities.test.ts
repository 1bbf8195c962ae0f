import { expect, test } from 'vitest'
import type { AuthenticationOptions, RegistrationOptions } from '#lib/contract/options.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { database } from '../../db/database.ts'
import { attemptRegistration, attemptSignIn, type Tenant, verdictOn } from './ceremonies-harness.ts'
import { newTenant, passkeyScopes, refusal } from './harness.ts'

// RP IDs and user handles that a test environment may choose, and what nobody gets by them.

const handleOf = (userId: string) => Buffer.from(userId).toString('base64url')
const discoverable = { authenticatorSelection: { residentKey: 'required' } } as const
const registered = (tenant: Tenant, username: string, options: RegistrationOptions = {}) =>
  attemptRegistration(tenant, { username, options: { ...discoverable, ...options } })
const ceremoniesOf = async ({ tenant }: Tenant) => (await database()).ceremony.count({ where: { tenantId: tenant.id } })

const refusedFor = (...failures: string[]) => ({ status: 401, code: 'verification_failed', failures })

test('a passkey of another RP ID signs in under it, and under no other', async () => {
  const tenant = await newTenant()
  const rpId = 'login.localhost'
  await registered(tenant, 'ada', { rp: { id: rpId } })
  expect((await attemptSignIn(tenant, { options: { rpId } })).user.username).toBe('ada')

  const before = await tenant.stored()
  const [passkey] = before.passkeys
  const forged = (options: AuthenticationOptions, said: string) =>
    verdictOn(attemptSignIn(tenant, { options, get: { credentialId: passkey?.credentialId ?? '', rpId: said } }))
  expect(await forged({}, 'localhost')).toEqual(refusedFor('rp-id-hash'))
  expect(await forged({ rpId: 'evil.localhost' }, 'evil.localhost')).toEqual(refusedFor('rp-id-hash'))
  expect(await forged({ rpId }, 'localhost')).toEqual(refusedFor('rp-id-hash'))
  expect(await tenant.stored()).toEqual(before)
})

test('a passkey of the server’s own RP ID signs in under no other', async () => {
  const tenant = await newTenant()
  const { passkey } = await registered(tenant, 'ada')
  const rpId = 'login.localhost'
  const get = { credentialId: passkey.credentialId, rpId }
  expect(await verdictOn(attemptSignIn(tenant, { options: { rpId }, get }))).toEqual(refusedFor('rp-id-hash'))
  expect((await attemptSignIn(tenant)).user.username).toBe('ada')
})

test('a passkey that was made before its RP ID was kept signs in as before', async () => {
  const tenant = await newTenant()
  const { user } = await registered(tenant, 'ada')
  await (await database()).passkey.updateMany({ where: { tenantId: tenant.tenant.id }, data: { rpId: null } })
  expect((await attemptSignIn(tenant, { username: null })).user).toEqual(user)
})

test('a registration is held against the RP ID that was asked for', async () => {
  const tenant = await newTenant()
  const create = { rpId: 'localhost' }
  const options = { rp: { id: 'login.localhost' } }
  const { failures } = await verdictOn(attemptRegistration(tenant, { options, create }))
  expect(failures).toEqual(['rp-id-hash'])
  expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
})

test('a passkey keeps the user handle that was chosen, and signs its user in by it', async () => {
  const tenant = await newTenant()
  const id = Buffer.from('employee-4711').toString('base64url')
  const { user } = await registered(tenant, 'ada', { user: { id } })
  expect(tenant.authenticator.credentials.list().map(({ userHandle }) => userHandle)).toEqual([id])
  for (const username of [null, 'ada']) expect((await attemptSignIn(tenant, { username })).user).toEqual(user)

  const before = await tenant.stored()
  for (const username of [null, 'ada']) {
    const get = { userHandle: handleOf(user.id) }
    expect(await verdictOn(attemptSignIn(tenant, { username, get }))).toEqual(refusedFor('user-handle'))
  }
  expect(await tenant.stored()).toEqual(before)
})

test('a user whose passkeys have different handles signs in with each', async () => {
  const tenant = await newTenant({ scopes: [...passkeyScopes, 'passkeys:manage'] })
  const options = { excludeCredentials: 'none', user: { id: 'AQID' } } as const
  const [first, second] = [await registered(tenant, 'ada'), await registered(tenant, 'ada', options)]
  for (const { passkey } of [first, second]) {
    const signedIn = await attemptSignIn(tenant, { get: { credentialId: passkey.credentialId } })
    expect([signedIn.user.id, signedIn.passkey.id]).toEqual([first.user.id, passkey.id])
  }
  const get = { credentialId: first.passkey.credentialId, userHandle: 'AQID' }
  expect((await verdictOn(attemptSignIn(tenant, { get }))).failures).toEqual(['user-handle'])
})

test('with another user’s handle, nobody is that user: the passkey says who signs in', async () => {
  const tenant = await newTenant()
  const victim = await registered(tenant, 'ada')
  // With an authenticator of their own: one keeps a single passkey for each user handle.
  const theirs = {
    ...tenant,
    authenticator: new SoftwareAuthenticator({ origin: tenant.authenticator.settings.origin }),
  }
  const attacker = await registered(theirs, 'eve', { user: { id: handleOf(victim.user.id) } })
  const get = { credentialId: attacker.passkey.credentialId }
  const { user, token } = await attemptSignIn(theirs, { username: null, get })
  expect(user).toEqual(attacker.user)
  expect((await tenant.client.passkeys.list({}, { userToken: token })).data.map(({ id }) => id)).toEqual([
    attacker.passkey.id,
  ])
  expect(
    await verdictOn(attemptSignIn(theirs, { username: 'ada', options: { allowCredentials: 'none' }, get })),
  ).toEqual(refusedFor('credential-owner'))
  const own = await attemptSignIn(tenant, { username: null, get: { credentialId: victim.passkey.credentialId } })
  expect(own.user).toEqual(victim.user)
})

test('with a handle of another tenant, or of the live environment, nobody gets there', async () => {
  const [here, there] = [await newTenant(), await newTenant()]
  const live = await there.addKey('live', passkeyScopes)
  const theirs = [await registered(there, 'ada'), await registered({ ...there, client: live.client }, 'ada')]
  for (const [at, { user }] of theirs.entries()) {
    const { passkey } = await registered(here, `eve-${at}`, { user: { id: handleOf(user.id) } })
    const get = { credentialId: passkey.credentialId }
    expect((await attemptSignIn(here, { username: null, get })).user.username).toBe(`eve-${at}`)
    for (const client of [there.client, live.client]) {
      const party = { client, authenticator: here.authenticator }
      expect((await refusal(attemptSignIn(party, { username: null, get }))).code).toBe('verification_failed')
    }
  }
})

test.each<[path: string, ceremony: 'register' | 'authenticate', options: object]>([
  ['rp.id', 'register', { rp: { id: 'login.localhost' } }],
  ['user.id', 'register', { user: { id: 'AQID' } }],
  ['rpId', 'authenticate', { rpId: 'login.localhost' }],
])('in a live environment %s is not chosen, and nothing is begun', async (path, ceremony, options) => {
  const tenant = await newTenant({ type: 'live' })
  const { register, authenticate } = tenant.client.passkeys
  const problem = await refusal(
    ceremony === 'register' ? register.begin({ username: 'ada', options }) : authenticate.begin({ options }),
  )
  expect([problem.status, problem.code]).toEqual([400, 'invalid_request'])
  expect(problem.issues).toEqual([{ path: `options.${path}`, message: 'can be chosen in a test environment alone' }])
  expect(await ceremoniesOf(tenant)).toBe(0)
  await (ceremony === 'register' ? register.begin({ username: 'ada' }) : authenticate.begin())
  expect(await ceremoniesOf(tenant)).toBe(1)
})

test.each(['test', 'live'] as const)('with conditional mediation nobody need be present (%s)', async (type) => {
  const tenant = await newTenant({ type })
  const begun = (mediation?: 'conditional' | 'required') =>
    tenant.client.passkeys.register.begin({ username: 'ada', ...(mediation ? { mediation } : {}) })
  const finish = ({ ceremonyId, publicKey }: Awaited<ReturnType<typeof begun>>) =>
    tenant.client.passkeys.register.finish({
      ceremonyId,
      credential: tenant.authenticator.create(publicKey, { flags: { up: false, uv: false } }),
    })
  for (const mediation of [undefined, 'required'] as const) {
    const problem = await refusal(finish(await begun(mediation)))
    expect(problem.code).toBe('verification_failed')
    if (type === 'test') expect(problem.detail).toMatch(/^User present/)
  }
  expect(await tenant.stored()).toEqual({ users: [], passkeys: [] })
  const conditional = await begun('conditional')
  expect(conditional.publicKey).not.toHaveProperty('mediation')
  expect((await finish(conditional)).user.username).toBe('ada')
  const { failures } = await verdictOn(attemptSignIn(tenant, { get: { flags: { up: false } } }))
  expect(failures).toEqual(type === 'test' ? ['user-present'] : [])
})

test('where the user must be verified, they must be with conditional mediation, too', async () => {
  const tenant = await newTenant()
  const options = { authenticatorSelection: { userVerification: 'required' } } as const
  const { ceremonyId, publicKey } = await tenant.client.passkeys.register.begin({
    username: 'ada',
    options,
    mediation: 'conditional',
  })
  const credential = tenant.authenticator.create(publicKey, { flags: { up: false, uv: false } })
  const { failures } = await verdictOn(tenant.client.passkeys.register.finish({ ceremonyId, credential }))
  expect(failures).toEqual(['user-verified'])
})

test('an AppID stands in for the RP ID where it was asked for, and nowhere else', async () => {
  const tenant = await newTenant()
  await registered(tenant, 'ada')
  const appid = 'https://localhost/app-id.json'
  const ofAppId = (options: AuthenticationOptions) => attemptSignIn(tenant, { options, get: { rpId: appid } })
  const before = await tenant.stored()
  for (const options of [{}, { extensions: { appid: 'https://localhost/other.json' } }, { extensions: { appid: 7 } }]) {
    expect(await verdictOn(ofAppId(options))).toEqual(refusedFor('rp-id-hash'))
  }
  expect(await tenant.stored()).toEqual(before)
  const { token, checks } = await ofAppId({ extensions: { appid } })
  expect(checks.filter(({ outcome }) => outcome !== 'pass').map(({ id }) => id)).toEqual([])
  expect(token).toMatch(/^ey/)
  expect((await attemptSignIn(tenant, { options: { extensions: { appid } } })).user.username).toBe('ada')
})

test('credentials are named with their transports, which go on unchanged', async () => {
  const tenant = await newTenant()
  const named = ['AAAA', { id: 'BBBB' }, { id: 'CCCC', transports: ['usb', 'new'] }]
  const sent = [
    { type: 'public-key', id: 'AAAA' },
    { type: 'public-key', id: 'BBBB' },
    { type: 'public-key', id: 'CCCC', transports: ['usb', 'new'] },
  ]
  const { register, authenticate } = tenant.client.passkeys
  const made = await register.begin({ username: 'ada', options: { excludeCredentials: named } })
  expect(made.publicKey.excludeCredentials).toEqual(sent)
  const got = await authenticate.begin({ options: { allowCredentials: named } })
  expect(got.publicKey.allowCredentials).toEqual(sent)

  const { passkey } = await registered(tenant, 'ada')
  const own = { id: passkey.credentialId, transports: ['hybrid'] }
  const changed = await authenticate.begin({ options: { allowCredentials: [own] } })
  expect(changed.publicKey.allowCredentials).toEqual([{ type: 'public-key', ...own }])
})
