import { beforeAll, expect, test } from 'vitest'
import type { KeyCreate } from '#lib/contract/keys.ts'
import { clientOf, endKey, expectProblem, refusedWith } from './harness.ts'
import { managedTenant, sendAs } from './keys-harness.ts'

let home: Awaited<ReturnType<typeof managedTenant>>
beforeAll(async () => {
  home = await managedTenant()
})

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()

test('a key is what was asked for, and works', async () => {
  const expiresAt = inAnHour()
  const made = await home.keys.create({
    name: '  CI\u0301  ',
    type: 'live',
    scopes: ['usage:read', 'passkeys:register', 'usage:read'],
    tier: 'enterprise',
    expiresAt,
    allowedIps: [],
  })
  const { secret, ...view } = made
  expect(secret).toMatch(/^sk_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/)
  expect(view).toEqual({
    id: secret?.slice(8, 20),
    name: 'C\u00cd',
    type: 'live',
    hint: `sk_live_${made.id}_…${secret?.slice(-4)}`,
    scopes: ['passkeys:register', 'usage:read'],
    tier: 'enterprise',
    allowedIps: [],
    createdAt: expect.stringMatching(/Z$/),
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
    status: 'active',
    predecessorId: null,
    rotation: null,
  })
  expect(await home.keys.read(made.id)).toEqual(view)
  expect((await clientOf(secret ?? '').tenant()).key?.id).toBe(made.id)
  expect((await home.keys.read(made.id)).lastUsedAt).not.toBeNull()
})

test('a key that was not told more is a standard one of its maker’s environment, without expiry', async () => {
  expect(await home.keys.create({ name: 'Plain', scopes: ['usage:read'] })).toMatchObject({
    type: 'live',
    tier: 'standard',
    expiresAt: null,
    allowedIps: [],
  })
})

test('the secret is in the answer that makes a key, and in no other', async () => {
  const { secret: manager } = home.manager
  const create = await sendAs(manager, 'POST', '/v1/keys', { name: 'Shown once', scopes: ['usage:read'] })
  const path = `/v1/keys/${create.body.id}`
  const rotate = await sendAs(manager, 'POST', `${path}/rotate`, {})
  expect([create.status, rotate.status]).toEqual([201, 201])
  const others = [
    await sendAs(manager, 'GET', path),
    await sendAs(manager, 'GET', `/v1/keys/${rotate.body.id}`),
    await sendAs(manager, 'GET', '/v1/keys?limit=100'),
    await sendAs(manager, 'PATCH', path, { name: 'Renamed' }),
    await sendAs(manager, 'POST', `${path}/revoke`),
    await sendAs(manager, 'POST', `${path}/rotate`, {}),
  ]
  for (const { secret } of [create.body, rotate.body]) {
    for (const { text } of others) expect(text).not.toContain(secret.slice(21, 64))
  }
  expect(rotate.text).not.toContain(create.body.secret.slice(21, 64))
  expect((await clientOf(rotate.body.secret).tenant()).key?.id).toBe(rotate.body.id)
})

test('keys are listed oldest first, each once, whatever the size of a page', async () => {
  const { keys, key, manager } = await managedTenant()
  const made = [key.id, manager.id]
  for (const name of ['a', 'b', 'c', 'd', 'e']) made.push((await keys.create({ name, scopes: ['usage:read'] })).id)
  for (const limit of [1, 2, 3, 6, 7, 8, 100]) {
    const pages = []
    let cursor: string | undefined
    do {
      const page = await keys.list({ limit, ...(cursor ? { cursor } : {}) })
      expect(page.data.length).toBeLessThanOrEqual(limit)
      pages.push(...page.data.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(pages).toEqual(made)
  }
  expect(await keys.list({ cursor: 'nothing' })).toEqual({ data: [], nextCursor: null })
  for (const query of ['limit=0', 'limit=101', 'limit=1.5', 'limit=many', `cursor=${'x'.repeat(129)}`, 'page=2']) {
    expectProblem(await sendAs(manager.secret, 'GET', `/v1/keys?${query}`), [400, 'invalid_request'])
  }
})

test('what is changed of a key counts from its next request on, and the rest stays', async () => {
  const made = await home.keys.create({ name: 'Before', scopes: ['usage:read', 'passkeys:manage'] })
  const { secret = '', ...before } = made
  const client = clientOf(secret)
  await client.passkeys.list()
  expect(await home.keys.update(made.id, { name: 'After' })).toMatchObject({ ...before, ...used, name: 'After' })
  expect((await home.keys.update(made.id, { scopes: ['usage:read'] })).scopes).toEqual(['usage:read'])
  expect(await refusedWith(client.passkeys.list())).toEqual([403, 'insufficient_scope'])
  await client.usage()
  const expiresAt = inAnHour()
  expect((await home.keys.update(made.id, { expiresAt })).expiresAt).toBe(expiresAt)
  expect((await client.tenant()).key?.expiresAt).toBe(expiresAt)
  expect((await home.keys.update(made.id, { expiresAt: null })).expiresAt).toBeNull()
  expect((await home.keys.update(made.id, { allowedIps: ['203.0.113.7'] })).allowedIps).toEqual(['203.0.113.7'])
  expect(await refusedWith(client.tenant())).toEqual([403, 'ip_not_allowed'])
  expect(await home.keys.update(made.id, { allowedIps: [] })).toEqual({
    ...before,
    ...used,
    name: 'After',
    scopes: ['usage:read'],
  })
  expect((await client.tenant()).key?.name).toBe('After')
})

const used = { lastUsedAt: expect.any(String) }

test('a key that was revoked or has expired can be read, and not changed or rotated', async () => {
  const [revoked, expired] = [await home.addKey('live', ['usage:read']), await home.addKey('live', ['usage:read'])]
  expect(await home.keys.revoke(revoked.id)).toMatchObject({ status: 'revoked', revokedAt: expect.any(String) })
  await endKey(expired.id, new Date(Date.now() - 1))
  const before = await home.kept()
  for (const { id, client } of [revoked, expired]) {
    expect(await refusedWith(client.tenant())).toEqual([401, 'api_key_invalid'])
    expect(await refusedWith(home.keys.update(id, { name: 'Alive' }))).toEqual([404, 'not_found'])
    expect(await refusedWith(home.keys.update(id, { expiresAt: inAnHour() }))).toEqual([404, 'not_found'])
    expect(await refusedWith(home.keys.rotate(id))).toEqual([404, 'not_found'])
  }
  expect((await home.keys.read(revoked.id)).status).toBe('revoked')
  expect((await home.keys.read(expired.id)).status).toBe('expired')
  expect(await home.kept()).toEqual(before)
})

test('a key that is revoked again stays as it was', async () => {
  const { id } = await home.addKey('live', ['usage:read'])
  const first = await home.keys.revoke(id)
  const before = await home.kept()
  expect(await home.keys.revoke(id)).toEqual(first)
  expect(await home.kept()).toEqual(before)
})

test('a key may revoke itself, and is refused from then on', async () => {
  const { id, client } = await home.addKey('live', ['keys:manage'])
  expect((await client.keys.revoke(id)).status).toBe('revoked')
  expect(await refusedWith(client.keys.read(id))).toEqual([401, 'api_key_invalid'])
})

const good: KeyCreate = { name: 'Good', scopes: ['usage:read'] }
const wrong: [path: string, body: object][] = [
  ['name', { ...good, name: undefined }],
  ['name', { ...good, name: ' ' }],
  ['name', { ...good, name: 'a\u202eb' }],
  ['name', { ...good, name: 'x'.repeat(65) }],
  ['scopes', { ...good, scopes: undefined }],
  ['scopes', { ...good, scopes: [] }],
  ['scopes.0', { ...good, scopes: ['usage:write'] }],
  ['scopes.0', { ...good, scopes: ['USAGE:READ'] }],
  ['scopes', { ...good, scopes: 'usage:read' }],
  ['type', { ...good, type: 'production' }],
  ['tier', { ...good, tier: 'gold' }],
  ['expiresAt', { ...good, expiresAt: 'tomorrow' }],
  ['expiresAt', { ...good, expiresAt: '2020-01-01' }],
  ['expiresAt', { ...good, expiresAt: '2999-02-30' }],
  ['expiresAt', { ...good, expiresAt: null }],
  ['expiresAt', { ...good, expiresAt: '9999-12-31T23:59:59-12:00' }],
  ['expiresAt', { ...good, expiresAt: '9999-12-31' }],
  ['allowedIps.0', { ...good, allowedIps: ['anywhere'] }],
  ['allowedIps', { ...good, allowedIps: '203.0.113.7' }],
  ['allowedIps', { ...good, allowedIps: Array.from({ length: 101 }, (_, host) => `203.0.113.${host}`) }],
]

test.each(wrong)('a key whose %s is wrong is not made, and the answer says where: %j', async (path, body) => {
  const before = await home.kept()
  const answer = await sendAs(home.manager.secret, 'POST', '/v1/keys', body)
  expectProblem(answer, [400, 'invalid_request'])
  expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toContain(path)
  expect(await home.kept()).toEqual(before)
})

test('a change that makes no sense changes nothing', async () => {
  const { id } = await home.addKey('live', ['usage:read', 'mpc:sign'])
  const before = await home.kept()
  const bodies = [
    {},
    { name: '' },
    { scopes: [] },
    { expiresAt: '2020-01-01' },
    { expiresAt: '9999-12-31T23:59:59-12:00' },
    { allowedIps: ['0.0.0.0/0'] },
  ]
  for (const body of bodies) {
    const answer = await sendAs(home.manager.secret, 'PATCH', `/v1/keys/${id}`, body)
    expectProblem(answer, [400, 'invalid_request'])
  }
  expect(await home.kept()).toEqual(before)
  expect((await home.keys.update(id, { scopes: ['mpc:sign'] })).scopes).toEqual(['mpc:sign'])
})
