import { beforeAll, expect, test } from 'vitest'
import type { KeyCreate } from '#lib/contract/keys.ts'
import { type Caller, operator } from '../caller.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { authenticate } from './authenticate.ts'
import { allKeys, updateKey } from './keys.ts'
import { createKey, rotateKey } from './make-key.ts'

// What a key that may be used from certain addresses only does with others. Its own requests come from the first of them.

let full: Caller
beforeAll(async () => {
  const { id } = await createTenant({ name: 'Shop', slug: 'shop' }, undefined, operator)
  full = await actFor(id, 'live')
})

const wanted: KeyCreate = { name: 'x', scopes: ['keys:manage', 'usage:read'] }
const make = (more: Partial<KeyCreate> = {}, caller = full) => createKey(caller, { ...wanted, ...more })
const callerOf = (secret: string, address = '203.0.113.7') => authenticate(secret, { address })
const bound = async (...allowedIps: string[]) => {
  const { secret, ...key } = await make({ allowedIps })
  return { ...key, secret, caller: await callerOf(secret) }
}
const denied = { code: 'insufficient_scope', detail: expect.stringMatching(/is not within it\.$/) }
const kept = () => allKeys(full)

test.each([
  ['nothing at all', []],
  ['another address', ['203.0.113.8']],
  ['one address of several that is another', ['203.0.113.7', '198.51.100.1']],
  ['a range around its own', ['203.0.112.0/23']],
  ['half of everything', ['0.0.0.0/1']],
  ['another address in IPv6’s form of it', ['::ffff:203.0.113.8']],
  ['the range of all IPv4 in IPv6’s form', ['::ffff:128.0.0.0/97']],
  ['a wider range of IPv6', ['2001:db8::/31']],
])('a key passes on no addresses beyond its own: %s', async (_, allowedIps) => {
  const { id, caller } = await bound('203.0.113.7', '203.0.112.0/24', '2001:db8::/32')
  const other = await make({ allowedIps: ['203.0.113.7'] })
  const before = await kept()
  await expect(make({ allowedIps }, caller)).rejects.toMatchObject(denied)
  await expect(updateKey(caller, id, { allowedIps })).rejects.toMatchObject(denied)
  await expect(updateKey(caller, other.id, { allowedIps })).rejects.toMatchObject(denied)
  expect(await kept()).toEqual(before)
  expect((await make({ allowedIps })).allowedIps).toHaveLength(allowedIps.length)
  expect((await updateKey(full, id, { allowedIps })).allowedIps).toHaveLength(allowedIps.length)
})

test.each([
  ['all of them', ['203.0.113.0/24', '2001:db8::/32']],
  ['one', ['203.0.113.9']],
  ['one in IPv6’s form', ['::ffff:203.0.113.9']],
  ['parts of them', ['203.0.113.128/25', '2001:db8:1::/48', '::ffff:203.0.113.64/122']],
])('a key passes on addresses of its own: %s', async (_, allowedIps) => {
  const { caller } = await bound('203.0.113.0/24', '2001:db8::/32')
  expect((await make({ allowedIps }, caller)).allowedIps).toHaveLength(allowedIps.length)
  const narrow = await make({ allowedIps: ['203.0.113.1'] })
  expect((await updateKey(caller, narrow.id, { allowedIps })).allowedIps).toHaveLength(allowedIps.length)
})

test('a key that is made without addresses has those of the key that makes it, and so have its own children', async () => {
  const { caller } = await bound('203.0.113.0/24')
  const child = await make({}, caller)
  expect(child.allowedIps).toEqual(['203.0.113.0/24'])
  const grandchild = await make({}, await callerOf(child.secret))
  expect(grandchild.allowedIps).toEqual(['203.0.113.0/24'])
  await expect(callerOf(grandchild.secret, '198.51.100.1')).rejects.toMatchObject({ code: 'ip_not_allowed' })
})

test('a key gets no secret of one that may be used from elsewhere, and its own again', async () => {
  const one = await bound('203.0.113.7')
  const [open, elsewhere] = [await make(), await make({ allowedIps: ['198.51.100.0/24'] })]
  const before = await kept()
  for (const { id } of [open, elsewhere]) await expect(rotateKey(one.caller, id)).rejects.toMatchObject(denied)
  expect(await kept()).toEqual(before)
  const { caller } = await bound('203.0.113.0/24')
  expect((await rotateKey(caller, one.id)).allowedIps).toEqual(['203.0.113.7'])
  expect((await rotateKey(full, open.id)).allowedIps).toEqual([])
})

test('addresses are taken away by any key that manages keys, those of an open one, too', async () => {
  const { caller } = await bound('203.0.113.7')
  const open = await make()
  expect((await updateKey(caller, open.id, { allowedIps: ['198.51.100.0/24'] })).allowedIps).toEqual([
    '198.51.100.0/24',
  ])
  const narrower = { allowedIps: ['198.51.100.1'] }
  expect((await updateKey(caller, open.id, narrower)).allowedIps).toEqual(['198.51.100.1'])
})

test('of two keys, each bound in one way, none frees the other of both', async () => {
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
  const [fromHere, forNow] = [await bound('203.0.113.7'), await make({ expiresAt })]
  const before = await kept()
  await expect(updateKey(fromHere.caller, forNow.id, { expiresAt: null })).rejects.toMatchObject(denied)
  const other = await callerOf(forNow.secret)
  await expect(updateKey(other, fromHere.id, { allowedIps: [] })).rejects.toMatchObject({ code: 'insufficient_scope' })
  expect(await kept()).toEqual(before)
  const both = { expiresAt: null, allowedIps: ['203.0.113.7'] }
  expect(await updateKey(fromHere.caller, forNow.id, both)).toMatchObject(both)
})
