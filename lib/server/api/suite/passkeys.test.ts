import { beforeEach, describe, expect, test } from 'vitest'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { baseUrl, expectProblem, newTenant, passkeyScopes, refusedWith, register, send, signIn } from './harness.ts'

type Tenant = Awaited<ReturnType<typeof newTenant>>

/** A tenant with a key that manages, one that does not, and as many users with a passkey as asked for. */
async function tenantWith(...usernames: string[]) {
  const tenant = await newTenant({ scopes: [...passkeyScopes, 'passkeys:manage'] })
  const plain = await tenant.addKey('test', passkeyScopes)
  const users = []
  for (const username of usernames) {
    const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
    users.push({ authenticator, ...(await register(tenant.client, authenticator, username)) })
  }
  return { ...tenant, plain: plain.client, users }
}

const headers = ({ key }: Tenant) => ({ Authorization: `Bearer ${key.secret}`, 'Content-Type': 'application/json' })

describe('the list', () => {
  test('has every passkey of the environment, oldest first, or those of one username', async () => {
    const { client } = await tenantWith('ada', 'bob', 'cleo')
    const names = async (query?: { username: string }) => (await client.passkeys.list(query)).data.map(({ id }) => id)
    const all = await names()
    expect(all).toHaveLength(3)
    expect(await names({ username: 'bob' })).toEqual([all[1]])
    expect(await names({ username: 'nobody' })).toEqual([])
  })

  test('comes in pages that leave nothing out and repeat nothing', async () => {
    const { client } = await tenantWith('ada', 'bob', 'cleo', 'dan', 'eve')
    const whole = await client.passkeys.list()
    expect(whole.nextCursor).toBeNull()
    for (const limit of [1, 2, 3, 5, 100]) {
      const seen = []
      let cursor: string | undefined
      do {
        const page = await client.passkeys.list({ limit, ...(cursor ? { cursor } : {}) })
        expect(page.data.length).toBeLessThanOrEqual(limit)
        seen.push(...page.data)
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect(seen).toEqual(whole.data)
    }
  })

  test('refuses a limit outside 1 to 100, and what is no limit', async () => {
    const tenant = await tenantWith('ada')
    for (const limit of ['0', '101', '-1', '1.5', 'many', '1e9', '']) {
      const answer = await send('GET', `/v1/passkeys?limit=${limit}`, { headers: headers(tenant) })
      expectProblem(answer, [400, 'invalid_request'])
      expect(answer.body.issues[0].path).toBe('limit')
    }
    for (const limit of ['1', '100']) {
      expect((await send('GET', `/v1/passkeys?limit=${limit}`, { headers: headers(tenant) })).body.data).toHaveLength(1)
    }
  })

  test('shows a user their own passkeys, with their token, and nobody else’s', async () => {
    const { plain, users } = await tenantWith('ada', 'bob')
    const [ada, bob] = users
    if (!ada || !bob) throw new Error('two users')
    const { token } = await signIn(plain, ada.authenticator, 'ada')
    const own = await plain.passkeys.list({}, { userToken: token })
    expect(own.data.map(({ id }) => id)).toEqual([ada.passkey.id])
    expect((await plain.passkeys.list({ username: 'ada' }, { userToken: token })).data).toEqual(own.data)
    expect(await refusedWith(plain.passkeys.list({ username: 'bob' }, { userToken: token }))).toEqual([
      403,
      'insufficient_scope',
    ])
    expect(await refusedWith(plain.passkeys.list({}))).toEqual([403, 'insufficient_scope'])
  })

  test('shows when and how a passkey was used last', async () => {
    const { client, users } = await tenantWith('ada')
    const fresh = (await client.passkeys.list()).data[0]
    expect(fresh).toMatchObject({
      signCount: 0,
      lastUsedAt: null,
      deviceType: 'singleDevice',
      transports: ['internal'],
    })
    await signIn(client, users[0]?.authenticator as SoftwareAuthenticator, 'ada')
    const used = (await client.passkeys.list()).data[0]
    expect(used).toEqual({ ...fresh, signCount: 1, lastUsedAt: expect.any(String) })
    expect(Math.abs(Date.parse(used?.lastUsedAt ?? '') - Date.now())).toBeLessThan(60_000)
  })
})

describe('a passkey', () => {
  let tenant: Awaited<ReturnType<typeof tenantWith>>
  let ada: (typeof tenant.users)[number]
  let bob: (typeof tenant.users)[number]
  beforeEach(async () => {
    tenant = await tenantWith('ada', 'bob')
    ;[ada, bob] = tenant.users as [typeof ada, typeof bob]
  })
  const patch = (id: string, body: unknown) =>
    send('PATCH', `/v1/passkeys/${id}`, { headers: headers(tenant), body: JSON.stringify(body) })

  test('takes a name of 1 to 64 characters, trimmed', async () => {
    expect((await patch(ada.passkey.id, { name: '  Ada’s phone  ' })).body).toEqual({
      ...ada.passkey,
      name: 'Ada’s phone',
    })
    expect((await patch(ada.passkey.id, { name: 'x'.repeat(64) })).body.name).toHaveLength(64)
  })

  test('keeps its name when the new one is blank, too long or none', async () => {
    const before = await tenant.stored()
    for (const body of [{ name: '' }, { name: ' \t' }, { name: 'x'.repeat(65) }, { name: 7 }, { name: null }, {}, []]) {
      expectProblem(await patch(ada.passkey.id, body), [400, 'invalid_request'])
    }
    expect(await tenant.stored()).toEqual(before)
  })

  test('is deleted once, and then signs nobody in', async () => {
    const answer = await send('DELETE', `/v1/passkeys/${ada.passkey.id}`, { headers: headers(tenant) })
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect((await tenant.client.passkeys.list()).data.map(({ id }) => id)).toEqual([bob.passkey.id])
    expect(await refusedWith(tenant.client.passkeys.delete(ada.passkey.id))).toEqual([404, 'not_found'])
    expect(await refusedWith(tenant.client.passkeys.rename(ada.passkey.id, 'Back'))).toEqual([404, 'not_found'])
    expect(await refusedWith(signIn(tenant.client, ada.authenticator))).toEqual([401, 'verification_failed'])
    expect((await signIn(tenant.client, bob.authenticator)).user).toEqual(bob.user)
  })

  test('that is deleted while its sign-in is under way signs nobody in', async () => {
    const { ceremonyId, publicKey } = await tenant.client.passkeys.authenticate.begin({ username: 'ada' })
    const credential = ada.authenticator.get(publicKey)
    await tenant.client.passkeys.delete(ada.passkey.id)
    expect(await refusedWith(tenant.client.passkeys.authenticate.finish({ ceremonyId, credential }))).toEqual([
      401,
      'verification_failed',
    ])
  })

  test('is its user’s own to rename and delete with their token, and not another’s', async () => {
    const { token } = await signIn(tenant.plain, ada.authenticator, 'ada')
    const own = { userToken: token }
    const before = await tenant.stored()
    expect(await refusedWith(tenant.plain.passkeys.rename(bob.passkey.id, 'Mine', own))).toEqual([404, 'not_found'])
    expect(await refusedWith(tenant.plain.passkeys.delete(bob.passkey.id, own))).toEqual([404, 'not_found'])
    // The token narrows also what a managing key may touch.
    expect(await refusedWith(tenant.client.passkeys.delete(bob.passkey.id, own))).toEqual([404, 'not_found'])
    expect(await tenant.stored()).toEqual(before)
    expect((await tenant.plain.passkeys.rename(ada.passkey.id, 'Mine', own)).name).toBe('Mine')
    await tenant.plain.passkeys.delete(ada.passkey.id, own)
    expect((await tenant.stored()).passkeys.map(({ id }) => id)).toEqual([bob.passkey.id])
  })

  test('is not found under an id that can be none', async () => {
    const before = await tenant.stored()
    for (const id of ['x', 'psk_', '0', '%00', "'%20OR%201=1", 'x'.repeat(65), 'x'.repeat(2_000), '%F0%9F%94%91']) {
      expectProblem(await patch(id, { name: 'Name' }), [404, 'not_found'])
      expectProblem(await send('DELETE', `/v1/passkeys/${id}`, { headers: headers(tenant) }), [404, 'not_found'])
    }
    expect(await tenant.stored()).toEqual(before)
  })
})

test('with the last passkey goes the user: whoever registers the name next is somebody else', async () => {
  const { client, authenticator, stored } = await newTenant({ scopes: [...passkeyScopes, 'passkeys:manage'] })
  const first = await register(client, authenticator, 'ada')
  await register(client, authenticator, 'bob')
  await client.passkeys.delete(first.passkey.id)
  expect((await stored()).users.map(({ username }) => username)).toEqual(['bob'])
  const next = await register(client, authenticator, 'ada')
  expect(next.user.id).not.toBe(first.user.id)
})
