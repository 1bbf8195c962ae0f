import { beforeEach, describe, expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { attemptRegistration, attemptSignIn, type Tenant, tokenFrom, verdictOn } from './ceremonies-harness.ts'
import { baseUrl, newTenant, passkeyScopes, refusedWith } from './harness.ts'

let tenant: Tenant
let ada: Awaited<ReturnType<typeof attemptRegistration>>
let before: Awaited<ReturnType<Tenant['stored']>>

const another = () => new SoftwareAuthenticator({ origin: baseUrl })

/** Ada's second registration, on an authenticator of her own. */
const second = (userToken?: string) =>
  attemptRegistration({ client: tenant.client, authenticator: another() }, { userToken })

beforeEach(async () => {
  tenant = await newTenant()
  ada = await attemptRegistration(tenant)
  before = await tenant.stored()
})

describe('a further passkey of a user', () => {
  test('is refused to a caller who shows nothing', async () => {
    expect(await refusedWith(second())).toEqual([403, 'user_exists'])
    expect(await tenant.stored()).toEqual(before)
  })

  test('is added with the user’s own token', async () => {
    const { token } = await attemptSignIn(tenant)
    const { user } = await second(token)
    expect(user).toEqual(ada.user)
    const { users, passkeys } = await tenant.stored()
    expect([users.length, passkeys.length]).toEqual([1, 2])
    expect(new Set(passkeys.map(({ userId }) => userId))).toEqual(new Set([ada.user.id]))
  })

  test.each([
    [200, true],
    [400, false],
  ])('with a token of %i seconds ago is added: %s', async (seconds, added) => {
    const token = await tokenFrom(seconds, tenant.key.secret, ada)
    if (added) {
      await second(token)
      expect((await tenant.stored()).passkeys).toHaveLength(2)
    } else {
      expect(await refusedWith(second(token))).toEqual([403, 'user_exists'])
      expect(await tenant.stored()).toEqual(before)
    }
  })

  test('is refused to another user’s token', async () => {
    await attemptRegistration(tenant, { username: 'bob' })
    const { token } = await attemptSignIn(tenant, { username: 'bob' })
    const now = await tenant.stored()
    expect(await refusedWith(second(token))).toEqual([403, 'user_exists'])
    expect(await tenant.stored()).toEqual(now)
  })

  test('is refused to what is no token, even where none is needed', async () => {
    const { token } = await attemptSignIn(tenant)
    for (const bad of ['garbage', `${token}x`, token.replace(/\.[^.]*$/, '.')]) {
      expect(await refusedWith(second(bad))).toEqual([401, 'token_invalid'])
      const fresh = attemptRegistration(tenant, { username: 'new', userToken: bad })
      expect(await refusedWith(fresh)).toEqual([401, 'token_invalid'])
    }
    expect((await tenant.stored()).passkeys).toHaveLength(1)
  })

  test('is added by a key with passkeys:manage', async () => {
    const { client } = await tenant.addKey('test', [...passkeyScopes, 'passkeys:manage'])
    await attemptRegistration({ client, authenticator: another() })
    expect((await tenant.stored()).passkeys).toHaveLength(2)
  })

  test('signs the user in beside the first', async () => {
    const authenticator = another()
    const { token } = await attemptSignIn(tenant)
    const added = await attemptRegistration({ client: tenant.client, authenticator }, { userToken: token })
    const signedIn = await attemptSignIn({ client: tenant.client, authenticator })
    expect([signedIn.user, signedIn.passkey.id]).toEqual([ada.user, added.passkey.id])
    expect((await attemptSignIn(tenant)).passkey.id).toBe(ada.passkey.id)
  })
})

describe('a credential that is registered already', () => {
  const credential = () => ({ credential: { id: ada.passkey.credentialId } })

  test('is refused to the same user, with their token and with passkeys:manage', async () => {
    const { token } = await attemptSignIn(tenant)
    const { client } = await tenant.addKey('test', [...passkeyScopes, 'passkeys:manage'])
    const now = await tenant.stored()
    const again = { create: credential(), options: { excludeCredentials: 'none' as const } }
    for (const call of [
      () => attemptRegistration({ client: tenant.client, authenticator: another() }, { ...again, userToken: token }),
      () => attemptRegistration({ client, authenticator: another() }, again),
    ]) {
      expect(await verdictOn(call())).toEqual({
        status: 409,
        code: 'passkey_exists',
        failures: ['credential-not-registered'],
      })
    }
    expect(await tenant.stored()).toEqual(now)
  })

  test('is refused to another user, of whom nothing is kept', async () => {
    const bob = { username: 'bob', create: credential() }
    expect(await verdictOn(attemptRegistration(tenant, bob))).toEqual({
      status: 409,
      code: 'passkey_exists',
      failures: ['credential-not-registered'],
    })
    expect(await tenant.stored()).toEqual(before)
    await attemptRegistration(tenant, { username: 'bob' })
  })

  test('is refused as a bad response where it is one', async () => {
    const bad = { username: 'bob', create: { ...credential(), flags: { up: false } } }
    expect(await verdictOn(attemptRegistration(tenant, bad))).toEqual({
      status: 400,
      code: 'verification_failed',
      failures: ['user-present', 'credential-not-registered'],
    })
    expect(await tenant.stored()).toEqual(before)
  })
})
