import { expect, test } from 'vitest'
import { writeApiKey } from '../../keys/api-key.ts'
import { type Answer, type clientOf, endKey, expectProblem, newTenant, refusedWith, send } from './harness.ts'

const bearer = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } })
const tenantWith = (key: string) => send('GET', '/v1/tenant', bearer(key))

/** The other character in one place of a key: its checksum no longer fits. */
function mistyped(key: string, place: number): string {
  return key.slice(0, place) + (key[place] === 'a' ? 'b' : 'a') + key.slice(place + 1)
}

/** Another secret, with a good checksum, behind the id of a key. */
function withOtherSecret(key: string, type: 'test' | 'live'): string {
  return writeApiKey(type, key.slice(8, 20))
}

test('a request without a key is told to send one', async () => {
  const answer = await send('GET', '/v1/tenant')
  expectProblem(answer, [401, 'api_key_missing'])
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /)
  for (const authorization of ['', 'Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz']) {
    const headers = { Authorization: authorization }
    expectProblem(await send('GET', '/v1/tenant', { headers }), [401, 'api_key_missing'])
  }
})

test('a key is taken from Authorization or X-API-Key, and never from the URL', async () => {
  const { key, tenant } = await newTenant()
  const ways: Record<string, string>[] = [
    { Authorization: `Bearer ${key.secret}` },
    { Authorization: `bearer ${key.secret}` },
    { 'X-API-Key': key.secret },
    { Authorization: `Bearer ${key.secret}`, 'X-API-Key': key.secret },
  ]
  for (const headers of ways) {
    const { status, body } = await send('GET', '/v1/tenant', { headers })
    expect([status, body.tenant.id]).toEqual([200, tenant.id])
  }
  for (const name of ['key', 'api_key', 'apiKey', 'access_token', 'X-API-Key', 'Authorization']) {
    expectProblem(await send('GET', `/v1/tenant?${name}=${key.secret}`), [401, 'api_key_missing'])
  }
})

test('two different keys at once are refused, whichever is the good one', async () => {
  const [ada, bob] = [await newTenant(), await newTenant()]
  const both = (first: string, second: string) =>
    send('GET', '/v1/tenant', { headers: { Authorization: `Bearer ${first}`, 'X-API-Key': second } })
  expectProblem(await both(ada.key.secret, bob.key.secret), [400, 'invalid_request'])
  expectProblem(await both(ada.key.secret, 'nonsense'), [400, 'invalid_request'])
  expectProblem(await both('nonsense', ada.key.secret), [400, 'invalid_request'])
})

test('what is no key of this server is not valid, in whatever way it is wrong', async () => {
  const { key } = await newTenant()
  const wrong = [
    'nonsense',
    key.secret.slice(0, -1),
    `${key.secret}a`,
    key.secret.toUpperCase(),
    key.secret.replace('sk_test_', 'sk_live_'),
    mistyped(key.secret, 10),
    mistyped(key.secret, 40),
    mistyped(key.secret, key.secret.length - 1),
    writeApiKey('test'),
    withOtherSecret(key.secret, 'test'),
    withOtherSecret(key.secret, 'live'),
    // The right id and secret under the other prefix, checksum and all.
    writeApiKey('live', key.secret.slice(8, 20), key.secret.slice(21, 64)),
  ]
  for (const text of wrong) {
    const answer = await tenantWith(text)
    expectProblem(answer, [401, 'api_key_invalid'])
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/)
    expect(answer.text).not.toContain(text)
  }
  expect((await tenantWith(key.secret)).status).toBe(200)
})

test('a revoked key is refused from its next request on, and its sibling works on', async () => {
  const { addKey, key, stored } = await newTenant()
  const sibling = await addKey('test', ['passkeys:register'])
  await key.client.passkeys.register.begin({ username: 'ada' })
  const before = await stored()
  await key.revoke()
  expect(await refusedWith(key.client.tenant())).toEqual([401, 'api_key_invalid'])
  expect(await refusedWith(key.client.passkeys.register.begin({ username: 'ada' }))).toEqual([401, 'api_key_invalid'])
  expect(await stored()).toEqual(before)
  expect((await sibling.client.tenant()).key?.id).toBe(sibling.id)
})

test('a key is refused once its expiry has come', async () => {
  const { key, addKey } = await newTenant()
  const lasting = await addKey('test', ['passkeys:register'], {
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  })
  expect((await key.client.tenant()).key?.expiresAt).toBeNull()
  expect((await lasting.client.tenant()).key?.expiresAt).toBe(lasting.expiresAt)
  await endKey(key.id, new Date())
  await endKey(lasting.id, new Date(Date.now() - 3_600_000))
  expect(await refusedWith(key.client.tenant())).toEqual([401, 'api_key_invalid'])
  expect(await refusedWith(lasting.client.tenant())).toEqual([401, 'api_key_invalid'])
  await endKey(lasting.id, new Date(Date.now() + 60_000))
  expect((await lasting.client.tenant()).key?.id).toBe(lasting.id)
})

test('a test environment says why a key is refused', async () => {
  const { key, addKey } = await newTenant()
  const expired = await addKey('test', ['usage:read'])
  await key.revoke()
  await endKey(expired.id, new Date(Date.now() - 1))
  expect((await tenantWith(key.secret)).body.detail).toMatch(/revoked/)
  expect((await tenantWith(expired.secret)).body.detail).toMatch(/expired/)
  expect((await tenantWith(withOtherSecret(key.secret, 'test'))).body.detail).not.toMatch(/revoked|expired/)
})

test('a live environment gives one answer, byte for byte, to a wrong, a revoked, an expired and an unknown key', async () => {
  const { key: good, addKey } = await newTenant({ type: 'live' })
  const [revoked, expired] = [await addKey('live', ['usage:read']), await addKey('live', ['usage:read'])]
  await revoked.revoke()
  await endKey(expired.id, new Date(Date.now() - 1))
  const texts = [withOtherSecret(good.secret, 'live'), revoked.secret, expired.secret, writeApiKey('live')]
  const answers = await Promise.all(texts.map(tenantWith))
  for (const answer of answers) expectProblem(answer, [401, 'api_key_invalid'])
  const [first, ...others] = answers.map(comparable)
  for (const other of others) expect(other).toEqual(first)
  expect((await tenantWith(good.secret)).status).toBe(200)
})

/** All of an answer that does not name its own request. */
function comparable({ status, text, headers, body }: Answer) {
  const own = /^(?:date|x-request-id|ratelimit.*|connection|keep-alive)$/
  return {
    status,
    text: text.replace(body.requestId, ''),
    headers: [...headers].filter(([name]) => !own.test(name)),
  }
}

test('a key says what it is, and never its secret', async () => {
  const { key, tenant } = await newTenant({ scopes: ['usage:read', 'passkeys:register'] })
  const answer = await tenantWith(key.secret)
  expect(answer.text).not.toContain(key.secret.slice(21, 64))
  expect(answer.body).toEqual({
    tenant: { id: tenant.id, name: tenant.name, slug: tenant.slug },
    environment: 'test',
    key: {
      id: key.secret.slice(8, 20),
      name: 'test',
      type: 'test',
      hint: `sk_test_${key.id}_…${key.secret.slice(-4)}`,
      scopes: ['passkeys:register', 'usage:read'],
      tier: 'standard',
      expiresAt: null,
    },
    relyingParty: expect.objectContaining({ id: 'localhost', name: tenant.name }),
    limits: { requestsPerMinute: 100, concurrent: 5 },
  })
})

test('limits are those of the type and tier of the key', async () => {
  const { addKey } = await newTenant()
  const limits = async (key: { client: ReturnType<typeof clientOf> }) => (await key.client.tenant()).limits
  expect(await limits(await addKey('live', ['usage:read']))).toEqual({ requestsPerMinute: 1_000, concurrent: 50 })
  expect(await limits(await addKey('live', ['usage:read'], { tier: 'enterprise' }))).toEqual({
    requestsPerMinute: 10_000,
    concurrent: 500,
  })
})
