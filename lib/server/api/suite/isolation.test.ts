import { beforeAll, expect, test } from 'vitest'
import { type Scope, scopeNames } from '#lib/contract/scopes.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { baseUrl, newTenant, refusal, refusedWith, register, signIn } from './harness.ts'

type Tenant = Awaited<ReturnType<typeof newTenant>>
const all: Scope[] = [...scopeNames]

/** The two walls: between tenants, and between the environments of one tenant. */
const walls = ['another tenant', 'the other environment'] as const

let home: Tenant
const beyond = {} as Record<(typeof walls)[number], Tenant['client']>
let ada: Awaited<ReturnType<typeof register>>
let token: string

beforeAll(async () => {
  home = await newTenant({ scopes: all })
  beyond['another tenant'] = (await newTenant({ scopes: all })).client
  beyond['the other environment'] = (await home.addKey('live', all)).client
  ada = await register(home.client, home.authenticator, 'ada')
  token = (await signIn(home.client, home.authenticator, 'ada')).token
})

test.each(walls)('%s lists none of a tenant’s passkeys', async (wall) => {
  for (const query of [{}, { username: 'ada' }, { cursor: ada.passkey.id }]) {
    expect(await beyond[wall].passkeys.list(query)).toEqual({ data: [], nextCursor: null })
  }
  expect((await home.client.passkeys.list()).data.map(({ id }) => id)).toContain(ada.passkey.id)
})

test.each(walls)('a cursor of %s is as good as one that never existed', async (wall) => {
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const own = await register(beyond[wall], authenticator, 'cursor')
  const [foreign, unknown] = await Promise.all(
    [ada.passkey.id, 'psk_00000000000000'].map((cursor) => beyond[wall].passkeys.list({ cursor })),
  )
  expect(foreign).toEqual(unknown)
  await beyond[wall].passkeys.delete(own.passkey.id)
})

test.each(walls)('to %s a passkey is as unknown as one that never existed', async (wall) => {
  const before = await home.stored()
  const tries = [
    (id: string) => beyond[wall].passkeys.rename(id, 'Mine now'),
    (id: string) => beyond[wall].passkeys.delete(id),
  ]
  for (const call of tries) {
    const foreign = await refusal(call(ada.passkey.id))
    const unknown = await refusal(call('psk_00000000000000'))
    expect({ ...foreign, requestId: '' }).toEqual({ ...unknown, requestId: '' })
    expect([foreign.status, foreign.code]).toEqual([404, 'not_found'])
  }
  expect(await home.stored()).toEqual(before)
  expect((await home.client.passkeys.rename(ada.passkey.id, 'Ada’s')).name).toBe('Ada’s')
})

test.each(walls)('a user token is no token to %s', async (wall) => {
  const extra = { userToken: token }
  const before = await home.stored()
  const { passkeys } = beyond[wall]
  expect(await refusedWith(passkeys.list({}, extra))).toEqual([401, 'token_invalid'])
  expect(await refusedWith(passkeys.rename(ada.passkey.id, 'Mine now', extra))).toEqual([401, 'token_invalid'])
  expect(await refusedWith(passkeys.delete(ada.passkey.id, extra))).toEqual([401, 'token_invalid'])
  expect(await refusedWith(passkeys.register.begin({ username: 'ada' }, extra))).toEqual([401, 'token_invalid'])
  expect(await home.stored()).toEqual(before)
  expect((await home.client.passkeys.list({}, extra)).data).toHaveLength(1)
})

test('the other environment’s token is refused to the same tenant, in both directions', async () => {
  const live = await home.addKey('live', all)
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  await register(live.client, authenticator, 'grace')
  const liveToken = (await signIn(live.client, authenticator, 'grace')).token
  expect(await refusedWith(home.client.passkeys.list({}, { userToken: liveToken }))).toEqual([401, 'token_invalid'])
  expect((await live.client.passkeys.list({}, { userToken: liveToken })).data).toHaveLength(1)
})

test.each(walls)('%s may use the same username and even the same credential', async (wall) => {
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const mine = await register(home.client, authenticator, `twin-${wall}`)
  const held = authenticator.credentials.get(mine.passkey.credentialId)
  const { ceremonyId, publicKey } = await beyond[wall].passkeys.register.begin({ username: `twin-${wall}` })
  expect(publicKey.excludeCredentials).toBeUndefined()
  const theirs = await beyond[wall].passkeys.register.finish({
    ceremonyId,
    credential: new SoftwareAuthenticator({ origin: baseUrl }).create(publicKey, { credential: { id: held?.id } }),
  })
  expect(theirs.passkey.credentialId).toBe(mine.passkey.credentialId)
  expect([theirs.passkey.id, theirs.user.id]).not.toContain(mine.passkey.id)
  expect(theirs.user.id).not.toBe(mine.user.id)
})

test.each(walls)('a passkey signs nobody in at %s', async (wall) => {
  const { ceremonyId, publicKey } = await beyond[wall].passkeys.authenticate.begin()
  const credential = home.authenticator.get(publicKey, { credentialId: ada.passkey.credentialId })
  expect(await refusedWith(beyond[wall].passkeys.authenticate.finish({ ceremonyId, credential }))).toEqual([
    401,
    'verification_failed',
  ])
  expect((await signIn(home.client, home.authenticator)).user.id).toBe(ada.user.id)
})

test('a username of another tenant is unknown', async () => {
  expect(await refusedWith(beyond['another tenant'].passkeys.authenticate.begin({ username: 'ada' }))).toEqual([
    404,
    'user_unknown',
  ])
  expect((await home.client.passkeys.authenticate.begin({ username: 'ada' })).ceremonyId).toMatch(/^cer_/)
})

test.each(walls)('a ceremony cannot be finished at %s, and is not used up by the attempt', async (wall) => {
  const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
  const registration = await home.client.passkeys.register.begin({ username: `begun-${wall}` })
  const made = { ceremonyId: registration.ceremonyId, credential: authenticator.create(registration.publicKey) }
  expect(await refusedWith(beyond[wall].passkeys.register.finish(made))).toEqual([400, 'ceremony_unknown'])
  await home.client.passkeys.register.finish(made)

  const begun = await home.client.passkeys.authenticate.begin({ username: `begun-${wall}` })
  const got = { ceremonyId: begun.ceremonyId, credential: authenticator.get(begun.publicKey) }
  expect(await refusedWith(beyond[wall].passkeys.authenticate.finish(got))).toEqual([400, 'ceremony_unknown'])
  await home.client.passkeys.authenticate.finish(got)
})

test('a ceremony of one kind cannot be finished as the other, and is not used up by the attempt', async () => {
  const { ceremonyId, publicKey } = await home.client.passkeys.authenticate.begin({ username: 'ada' })
  const registration = await home.client.passkeys.register.begin({ username: 'kinds' })
  const created = new SoftwareAuthenticator({ origin: baseUrl }).create(registration.publicKey)
  expect(await refusedWith(home.client.passkeys.register.finish({ ceremonyId, credential: created }))).toEqual([
    400,
    'ceremony_unknown',
  ])
  const answer = await home.client.passkeys.authenticate.finish({
    ceremonyId,
    credential: home.authenticator.get(publicKey, { credentialId: ada.passkey.credentialId }),
  })
  expect(answer.user).toEqual(ada.user)
})

test('usage is each tenant’s and each environment’s own', async () => {
  const quiet = await newTenant({ scopes: ['usage:read'] })
  const live = await quiet.addKey('live', ['usage:read'])
  await quiet.client.usage()
  expect((await live.client.usage()).totals).toEqual({ requests: 0, errors: 0 })
  expect((await quiet.client.usage()).totals).toEqual({ requests: 1, errors: 0 })
  expect((await live.client.usage()).totals).toEqual({ requests: 1, errors: 0 })
})
