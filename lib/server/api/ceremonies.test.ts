import { expect, test } from 'vitest'
import { expire, newTenant, refusedWith } from './harness.ts'

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
