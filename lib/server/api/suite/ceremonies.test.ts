import { expect, test } from 'vitest'
import { type GetOverrides, SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { attemptRegistration, attemptSignIn, flipped } from './ceremonies-harness.ts'
import { baseUrl, expire, newTenant, refusedWith } from './harness.ts'

test('a user registers a passkey, signs in with it, and gets a token for the tenant', async () => {
  const { client, authenticator, tenant, stored } = await newTenant()
  const begun = await client.passkeys.register.begin({ username: 'ada' })
  const registered = await client.passkeys.register.finish({
    ceremonyId: begun.ceremonyId,
    credential: authenticator.create(begun.publicKey),
  })
  expect(registered.user.username).toBe('ada')
  expect(registered.checks.map((check) => check.outcome)).not.toContain('fail')
  expect((await stored()).passkeys).toHaveLength(1)

  const signIn = await client.passkeys.authenticate.begin({ username: 'ada' })
  const answer = await client.passkeys.authenticate.finish({
    ceremonyId: signIn.ceremonyId,
    credential: authenticator.get(signIn.publicKey),
  })
  expect(answer).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600, tenant: { id: tenant.id, name: tenant.name } })
  expect(answer.user).toEqual(registered.user)
})

test('a ceremony is finished once, after success and after failure', async () => {
  const { client, authenticator, stored } = await newTenant()
  const { ceremonyId, publicKey } = await client.passkeys.register.begin({ username: 'ada' })
  const credential = authenticator.create(publicKey)
  await client.passkeys.register.finish({ ceremonyId, credential })
  const before = await stored()
  expect(await refusedWith(client.passkeys.register.finish({ ceremonyId, credential }))).toEqual([
    400,
    'ceremony_unknown',
  ])

  const second = await client.passkeys.register.begin({ username: 'bob' })
  const good = authenticator.create(second.publicKey)
  const forged = authenticator.create(second.publicKey, { clientData: { origin: 'https://evil.example' } })
  const finish = (credential: typeof good) =>
    client.passkeys.register.finish({ ceremonyId: second.ceremonyId, credential })
  expect(await refusedWith(finish(forged))).toEqual([400, 'verification_failed'])
  expect(await refusedWith(finish(good))).toEqual([400, 'ceremony_unknown'])
  expect(await stored()).toEqual(before)
})

test('a ceremony that is older than five minutes is unknown', async () => {
  const { client, authenticator, stored } = await newTenant()
  const old = await client.passkeys.register.begin({ username: 'ada' })
  const fresh = await client.passkeys.register.begin({ username: 'ada' })
  await expire(old.ceremonyId)
  const finish = ({ ceremonyId, publicKey }: typeof old) =>
    client.passkeys.register.finish({ ceremonyId, credential: authenticator.create(publicKey) })
  expect(await refusedWith(finish(old))).toEqual([400, 'ceremony_unknown'])
  expect((await stored()).passkeys).toEqual([])
  await finish(fresh)
  expect((await stored()).passkeys).toHaveLength(1)
})

test('a sign-in that was refused cannot be tried again, nor one that succeeded', async () => {
  const tenant = await newTenant()
  const { client, authenticator, stored } = tenant
  await attemptRegistration(tenant)
  const refused = await client.passkeys.authenticate.begin({ username: 'ada' })
  const accepted = await client.passkeys.authenticate.begin({ username: 'ada' })
  const finish = ({ ceremonyId, publicKey }: typeof refused, get: GetOverrides = {}) =>
    client.passkeys.authenticate.finish({ ceremonyId, credential: authenticator.get(publicKey, get) })
  expect(await refusedWith(finish(refused, { signature: flipped }))).toEqual([401, 'verification_failed'])
  expect(await refusedWith(finish(refused))).toEqual([400, 'ceremony_unknown'])
  await finish(accepted)
  const before = await stored()
  expect(await refusedWith(finish(accepted))).toEqual([400, 'ceremony_unknown'])
  expect(await stored()).toEqual(before)
})

test('a sign-in that is older than five minutes is unknown', async () => {
  const tenant = await newTenant()
  const { client, authenticator, stored } = tenant
  await attemptRegistration(tenant)
  const before = await stored()
  const { ceremonyId, publicKey } = await client.passkeys.authenticate.begin({ username: 'ada' })
  await expire(ceremonyId)
  const credential = authenticator.get(publicKey)
  expect(await refusedWith(client.passkeys.authenticate.finish({ ceremonyId, credential }))).toEqual([
    400,
    'ceremony_unknown',
  ])
  expect(await stored()).toEqual(before)
  await attemptSignIn(tenant)
})

test('a ceremony’s end is five minutes after its begin', async () => {
  const { client } = await newTenant()
  const from = Date.now()
  const begun = [await client.passkeys.register.begin({ username: 'ada' }), await client.passkeys.authenticate.begin()]
  for (const { expiresAt } of begun) {
    const life = Date.parse(expiresAt) - from
    expect(life).toBeGreaterThanOrEqual(300_000)
    expect(life).toBeLessThan(310_000)
  }
})

test('no two ceremonies have a challenge or an id in common, and challenges are 32 bytes', async () => {
  const { client } = await newTenant({ type: 'live' })
  const begun = await Promise.all(Array.from({ length: 20 }, () => client.passkeys.register.begin({ username: 'ada' })))
  const challenges = begun.map(({ publicKey }) => publicKey.challenge)
  expect(new Set(challenges).size).toBe(20)
  expect(new Set(begun.map(({ ceremonyId }) => ceremonyId)).size).toBe(20)
  for (const challenge of challenges) expect(Buffer.from(challenge, 'base64url')).toHaveLength(32)
})

test('a user whose first registration finished meanwhile is not registered twice', async () => {
  const tenant = await newTenant()
  const { client, stored } = tenant
  const slow = await client.passkeys.register.begin({ username: 'ada' })
  await attemptRegistration(tenant)
  const before = await stored()
  const credential = new SoftwareAuthenticator({ origin: baseUrl }).create(slow.publicKey)
  expect(await refusedWith(client.passkeys.register.finish({ ceremonyId: slow.ceremonyId, credential }))).toEqual([
    403,
    'user_exists',
  ])
  expect(await stored()).toEqual(before)
})
