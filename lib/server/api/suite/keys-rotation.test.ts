import { beforeAll, expect, test } from 'vitest'
import { authenticate } from '../../keys/authenticate.ts'
import { clientOf, expectProblem, newTenant, refusedWith } from './harness.ts'
import { leftOf, managedTenant, sendAs } from './keys-harness.ts'

let home: Awaited<ReturnType<typeof managedTenant>>
beforeAll(async () => {
  home = await managedTenant()
})

const day = 86_400_000

test('a key and its successor both work until the overlap has ended', async () => {
  const { id, client } = await home.addKey('live', ['usage:read'])
  const successor = await home.keys.rotate(id, { overlapSeconds: 600 })
  expect((await client.tenant()).key?.id).toBe(id)
  expect((await clientOf(successor.secret ?? '').tenant()).key?.id).toBe(successor.id)
  const ended = await home.addKey('live', ['usage:read'])
  const next = await home.keys.rotate(ended.id, { overlapSeconds: 0 })
  expect(await refusedWith(ended.client.tenant())).toEqual([401, 'api_key_invalid'])
  expect((await clientOf(next.secret ?? '').tenant()).key?.id).toBe(next.id)
})

test('a successor is what its predecessor was, and names it', async () => {
  const expiresAt = new Date(Date.now() + 30 * day).toISOString()
  const settings = { tier: 'enterprise' as const, expiresAt, allowedIps: ['203.0.113.0/24'] }
  const { id } = await home.addKey('live', ['usage:read', 'mpc:sign'], settings)
  const { id: _, secret, hint, createdAt, ...inherited } = await home.keys.rotate(id)
  expect(inherited).toEqual({
    name: 'test',
    type: 'live',
    scopes: ['usage:read', 'mpc:sign'],
    tier: 'enterprise',
    allowedIps: ['203.0.113.0/24'],
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
    status: 'active',
    predecessorId: id,
    rotation: null,
  })
})

test('an overlap is a day unless told, and no longer than the key’s own time', async () => {
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  const [lasting, ending] = [
    await home.addKey('live', ['usage:read']),
    await home.addKey('live', ['usage:read'], { expiresAt: soon }),
  ]
  await home.keys.rotate(lasting.id)
  await home.keys.rotate(ending.id, { overlapSeconds: 604_800 })
  const until = Date.parse((await home.keys.read(lasting.id)).expiresAt ?? '')
  expect(Math.abs(until - Date.now() - day)).toBeLessThan(60_000)
  expect((await home.keys.read(ending.id)).expiresAt).toBe(soon)
})

test.each([-1, 604_801, 1.5, '60', null])('an overlap of %j is refused, and nothing has changed', async (overlap) => {
  const { id } = await home.addKey('live', ['usage:read'])
  const before = await home.kept()
  const answer = await sendAs(home.manager.secret, 'POST', `/v1/keys/${id}/rotate`, { overlapSeconds: overlap })
  expectProblem(answer, [400, 'invalid_request'])
  expect(answer.body.issues[0].path).toBe('overlapSeconds')
  expect(await home.kept()).toEqual(before)
  expect((await home.keys.rotate(id, { overlapSeconds: 604_800 })).predecessorId).toBe(id)
})

test('a family of keys has one rate between them', async () => {
  const { key, addKey } = await newTenant()
  const manager = await addKey('test', ['keys:manage', 'passkeys:register', 'passkeys:authenticate'])
  const me = async (secret = '') => leftOf(await sendAs(secret, 'GET', '/v1/tenant')).requests
  expect(await me(key.secret)).toBe(99)
  const child = await manager.client.keys.rotate(key.id)
  expect(await me(child.secret)).toBe(98)
  const grandchild = await manager.client.keys.rotate(child.id)
  expect(await me(grandchild.secret)).toBe(97)
  expect(await me(key.secret)).toBe(96)
  const stranger = await addKey('test', ['usage:read'])
  expect(await me(stranger.secret)).toBe(99)
})

test('traffic shows how far a rotation has come', async () => {
  const { id, client } = await home.addKey('live', ['usage:read'])
  await client.tenant()
  expect((await home.keys.read(id)).rotation).toBeNull()
  const successor = await home.keys.rotate(id)
  const state = async () => (await home.keys.read(id)).rotation
  await client.tenant()
  expect(await state()).toEqual({ successorId: successor.id, state: 'created' })
  await clientOf(successor.secret ?? '').tenant()
  expect(await state()).toEqual({ successorId: successor.id, state: 'deployed' })
  await home.keys.revoke(id)
  expect(await state()).toEqual({ successorId: successor.id, state: 'ended' })
  expect((await home.keys.read(successor.id)).predecessorId).toBe(id)
})

test('a successor that was revoked is none: the rotation is off, and the key may be made to last again', async () => {
  const { id } = await home.addKey('live', ['usage:read'])
  const successor = await home.keys.rotate(id)
  const longer = { expiresAt: new Date(Date.now() + 30 * day).toISOString() }
  const before = await home.kept()
  expect(await refusedWith(home.keys.update(id, longer))).toEqual([400, 'invalid_request'])
  expect(await refusedWith(home.keys.update(id, { expiresAt: null }))).toEqual([400, 'invalid_request'])
  expect(await home.kept()).toEqual(before)
  await home.keys.revoke(successor.id)
  expect((await home.keys.read(id)).rotation).toBeNull()
  expect((await home.keys.update(id, longer)).expiresAt).toBe(longer.expiresAt)
})

test('a key that is being replaced can be made to end sooner', async () => {
  const { id } = await home.addKey('live', ['usage:read'])
  await home.keys.rotate(id)
  const sooner = new Date(Date.now() + 3_600_000).toISOString()
  expect((await home.keys.update(id, { expiresAt: sooner })).expiresAt).toBe(sooner)
})

test('what is revoked at the server is refused by every process on its database', async () => {
  const { id, secret } = await home.addKey('live', ['usage:read'])
  expect((await authenticate(secret)).key?.id).toBe(id)
  await home.keys.revoke(id)
  await expect(authenticate(secret)).rejects.toMatchObject({ code: 'api_key_invalid' })
})
