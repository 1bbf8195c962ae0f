import { beforeAll, expect, test } from 'vitest'
import { clientOf, newTenant, refusal, refusedWith } from './harness.ts'
import { keptOf, managedTenant } from './keys-harness.ts'
import { apiUrl, askToken, newService, tokensIn } from './oauth-test-clients.ts'

let home: Awaited<ReturnType<typeof managedTenant>>
let weak: Awaited<ReturnType<typeof home.addKey>>
beforeAll(async () => {
  home = await managedTenant()
  weak = await home.addKey('live', ['keys:manage', 'usage:read'])
})

const denied = [403, 'insufficient_scope']

test('a key makes keys with scopes that it holds, and none with one that it does not', async () => {
  const before = await home.kept()
  const { status, code, detail } = await refusal(
    weak.client.keys.create({ name: 'More', scopes: ['usage:read', 'passkeys:manage', 'mpc:sign'] }),
  )
  expect([status, code]).toEqual(denied)
  expect(detail).toContain('passkeys:manage, mpc:sign')
  expect(await home.kept()).toEqual(before)
  const child = await weak.client.keys.create({ name: 'Same', scopes: ['keys:manage', 'usage:read'] })
  expect(child.scopes).toEqual(['keys:manage', 'usage:read'])
  const grandchild = clientOf(child.secret ?? '').keys.create({ name: 'More', scopes: ['mpc:sign'] })
  expect(await refusedWith(grandchild)).toEqual(denied)
})

test('a key does not rotate one that may more, and so gets no secret of it', async () => {
  const strong = await home.addKey('live', ['keys:manage', 'usage:read', 'mpc:sign'])
  const before = await home.kept()
  expect(await refusedWith(weak.client.keys.rotate(strong.id))).toEqual(denied)
  expect(await home.kept()).toEqual(before)
  expect((await strong.client.tenant()).key?.expiresAt).toBeNull()
  const peer = await home.addKey('live', ['usage:read'])
  expect((await weak.client.keys.rotate(peer.id)).secret).toMatch(/^sk_live_/)
  expect((await home.keys.rotate(strong.id)).scopes).toEqual(['keys:manage', 'usage:read', 'mpc:sign'])
})

test('nor does it get there by the request of another, come again', async () => {
  const strong = await home.addKey('live', ['usage:read', 'mpc:sign'])
  const extra = { idempotencyKey: crypto.randomUUID() }
  await home.keys.rotate(strong.id, {}, extra)
  expect(await refusedWith(weak.client.keys.rotate(strong.id, {}, extra))).toEqual(denied)
  expect((await home.keys.rotate(strong.id, {}, extra)).predecessorId).toBe(strong.id)
})

test('the scopes of a key are only ever taken away, by whomever', async () => {
  const { id, secret } = await home.addKey('live', ['keys:manage', 'usage:read'])
  const before = await home.kept()
  const more = { scopes: ['keys:manage', 'usage:read', 'mpc:sign'] as const }
  expect(await refusedWith(clientOf(secret).keys.update(id, { scopes: [...more.scopes] }))).toEqual(denied)
  expect(await refusedWith(home.keys.update(id, { scopes: [...more.scopes] }))).toEqual(denied)
  expect(await home.kept()).toEqual(before)
  expect((await home.keys.update(id, { scopes: ['keys:manage'] })).scopes).toEqual(['keys:manage'])
  expect(await refusedWith(home.keys.update(id, { scopes: ['keys:manage', 'usage:read'] }))).toEqual(denied)
})

test('a successor has the scopes that its predecessor had left', async () => {
  const { id } = await home.addKey('live', ['usage:read', 'mpc:sign'])
  await home.keys.update(id, { scopes: ['usage:read'] })
  expect((await home.keys.rotate(id)).scopes).toEqual(['usage:read'])
})

test('a standard key makes and rotates no enterprise key', async () => {
  const enterprise = await home.addKey('live', ['usage:read'], { tier: 'enterprise' })
  const before = await home.kept()
  const wanted = { name: 'Fast', scopes: ['usage:read' as const], tier: 'enterprise' as const }
  expect(await refusedWith(weak.client.keys.create(wanted))).toEqual(denied)
  expect(await refusedWith(weak.client.keys.rotate(enterprise.id))).toEqual(denied)
  expect(await home.kept()).toEqual(before)
  expect((await home.keys.create(wanted)).tier).toBe('enterprise')
  expect((await home.keys.rotate(enterprise.id)).tier).toBe('enterprise')
})

test('a client’s token makes and rotates no enterprise key', async () => {
  const service = await newService({
    tenantId: home.tenant.id,
    environment: 'live',
    scopes: ['keys:manage', 'usage:read'],
  })
  const answer = await askToken(service, { grant_type: 'client_credentials', resource: apiUrl })
  const { keys } = clientOf(tokensIn(answer).access_token)
  const enterprise = await home.addKey('live', ['usage:read'], { tier: 'enterprise' })
  const before = await home.kept()
  const wanted = { name: 'Fast', scopes: ['usage:read' as const] }
  expect(await refusedWith(keys.create({ ...wanted, tier: 'enterprise' }))).toEqual(denied)
  expect(await refusedWith(keys.rotate(enterprise.id))).toEqual(denied)
  expect(await home.kept()).toEqual(before)
  expect((await keys.create(wanted)).tier).toBe('standard')
})

test.each([
  ['test', 'live'],
  ['live', 'test'],
] as const)('a %s key makes no %s key', async (own, other) => {
  const tenant = await newTenant({ type: own, scopes: ['keys:manage'] })
  const before = await keptOf(tenant.tenant.id)
  const wanted = { name: 'Across', scopes: ['keys:manage' as const] }
  expect(await refusedWith(tenant.client.keys.create({ ...wanted, type: other }))).toEqual(denied)
  expect(await keptOf(tenant.tenant.id)).toEqual(before)
  for (const type of [own, undefined]) {
    const made = await tenant.client.keys.create({ ...wanted, ...(type ? { type } : {}) })
    expect([made.type, made.secret?.slice(0, 8)]).toEqual([own, `sk_${own}_`])
  }
})

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

test('a key that expires makes keys that last as long at most, and as long where nothing is said', async () => {
  const expiresAt = inDays(30)
  const bound = await home.addKey('live', ['keys:manage', 'usage:read'], { expiresAt })
  const before = await home.kept()
  const wanted = { name: 'Child', scopes: ['usage:read' as const] }
  const { status, code, detail } = await refusal(bound.client.keys.create({ ...wanted, expiresAt: inDays(31) }))
  expect([status, code]).toEqual(denied)
  expect(detail).toContain(expiresAt)
  expect(await home.kept()).toEqual(before)
  expect((await bound.client.keys.create(wanted)).expiresAt).toBe(expiresAt)
  const sooner = inDays(1)
  expect((await bound.client.keys.create({ ...wanted, expiresAt: sooner })).expiresAt).toBe(sooner)
  expect((await weak.client.keys.create(wanted)).expiresAt).toBeNull()
  expect((await weak.client.keys.create({ ...wanted, expiresAt: inDays(31) })).expiresAt).not.toBeNull()
})

test('a key that expires gives neither itself nor others more time', async () => {
  const expiresAt = inDays(30)
  const bound = await home.addKey('live', ['keys:manage', 'usage:read'], { expiresAt })
  const open = await home.addKey('live', ['usage:read'])
  const short = await home.addKey('live', ['usage:read'], { expiresAt: inDays(1) })
  const before = await home.kept()
  for (const id of [bound.id, short.id]) {
    for (const longer of [null, inDays(31)]) {
      expect(await refusedWith(bound.client.keys.update(id, { expiresAt: longer }))).toEqual(denied)
    }
  }
  expect(await refusedWith(bound.client.keys.rotate(open.id))).toEqual(denied)
  expect(await home.kept()).toEqual(before)
  expect((await bound.client.keys.update(open.id, { name: 'Renamed' })).expiresAt).toBeNull()
  expect((await bound.client.keys.update(open.id, { expiresAt: inDays(60) })).status).toBe('active')
  expect((await bound.client.keys.update(short.id, { expiresAt })).expiresAt).toBe(expiresAt)
  expect((await bound.client.keys.rotate(short.id)).expiresAt).toBe(expiresAt)
  expect((await bound.client.keys.rotate(bound.id)).expiresAt).toBe(expiresAt)
  expect((await home.keys.update(bound.id, { allowedIps: ['203.0.113.7'] })).allowedIps).toEqual(['203.0.113.7'])
})

test('a key that was replaced renews itself no more, but hears again of the successor that it has', async () => {
  const key = await home.addKey('live', ['keys:manage', 'usage:read'])
  const extra = { idempotencyKey: crypto.randomUUID() }
  const successor = await key.client.keys.rotate(key.id, {}, extra)
  const before = await home.kept()
  expect(await refusedWith(key.client.keys.rotate(key.id))).toEqual(denied)
  expect(await refusedWith(key.client.keys.rotate(successor.id))).toEqual(denied)
  expect(await home.kept()).toEqual(before)
  expect((await key.client.keys.rotate(key.id, {}, extra)).id).toBe(successor.id)
  expect((await clientOf(successor.secret ?? '').keys.rotate(successor.id)).expiresAt).toBeNull()
})

test('a key that expires lets no client act for itself, which would last longer', async () => {
  const scopes = ['keys:manage', 'oauth:manage', 'usage:read'] as const
  const open = await home.addKey('live', [...scopes])
  const bound = await home.addKey('live', [...scopes], { expiresAt: inDays(1) })
  const service = { type: 'confidential' as const, name: 'Service', grants: ['client_credentials' as const] }
  const app = { type: 'confidential' as const, name: 'App', redirectUris: ['https://app.example/callback'] }
  const made = await open.client.oauthClients.create({ ...service, scopes: ['keys:manage'] })
  const before = await home.kept()
  const clients = bound.client.oauthClients
  expect(await refusedWith(clients.create({ ...service, scopes: ['usage:read'] }))).toEqual(denied)
  expect(await refusedWith(clients.update(made.clientId, { name: 'Mine' }))).toEqual(denied)
  expect(await refusedWith(clients.addSecret(made.clientId))).toEqual(denied)
  expect(await home.kept()).toEqual(before)
  expect((await clients.create({ ...app, scopes: ['usage:read'] })).grants).not.toContain('client_credentials')
  expect((await open.client.oauthClients.addSecret(made.clientId)).clientSecret).toMatch(/^cs_/)
})
