import { afterEach, beforeAll, expect, test } from 'vitest'
import type { KeyCreate } from '#lib/contract/keys.ts'
import { api } from '../api/app.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { listKeys, readKey, revokeKey, updateKey } from './keys.ts'
import { createKey, rotateKey } from './make-key.ts'

const minute = 60_000
const day = 24 * 60 * minute
const began = Date.now()
const { now } = clock
let caller: Caller

beforeAll(async () => {
  const tenant = await createTenant({ name: 'Shop', slug: 'shop' })
  caller = await actFor(tenant.id, 'live')
})
afterEach(() => {
  clock.now = now
})

/** Turns the clock to so many milliseconds after the tests began. */
function turnTo(milliseconds: number): void {
  clock.now = () => began + milliseconds
}

const at = (milliseconds: number) => new Date(began + milliseconds).toISOString()
const make = (more: Partial<KeyCreate> = {}) => createKey(caller, { name: 'x', scopes: ['usage:read'], ...more })

/** A request over the API, which is what traffic is. */
async function use(key: { secret: string }): Promise<number> {
  return (await api().request('/v1/tenant', { headers: { Authorization: `Bearer ${key.secret}` } })).status
}

test('a rotation is verified once its successor is used and the key has been silent for ten minutes', async () => {
  turnTo(0)
  const key = await make()
  await use(key)
  turnTo(minute)
  const successor = await rotateKey(caller, key.id, { overlapSeconds: 86_400 })
  const state = async () => (await readKey(caller, key.id)).rotation?.state
  expect(await state()).toBe('created')
  turnTo(40 * minute)
  // Silence alone says nothing: nobody may have the successor.
  expect(await state()).toBe('created')
  await use(successor)
  expect(await state()).toBe('verified')
  await use(key)
  expect(await state()).toBe('deployed')
  turnTo(50 * minute - 1)
  expect(await state()).toBe('deployed')
  turnTo(50 * minute)
  expect(await state()).toBe('verified')
  turnTo(55 * minute)
  await use(key)
  turnTo(60 * minute)
  expect(await state()).toBe('deployed')
  turnTo(minute + day - 1)
  expect([await state(), await use(key), await use(successor)]).toEqual(['verified', 200, 200])
  turnTo(minute + day)
  expect([await state(), await use(key), await use(successor)]).toEqual(['ended', 401, 200])
})

test('silence from before the rotation does not count', async () => {
  turnTo(0)
  const key = await make()
  await use(key)
  turnTo(60 * minute)
  const successor = await rotateKey(caller, key.id)
  await use(successor)
  const state = async () => (await readKey(caller, key.id)).rotation?.state
  expect(await state()).toBe('deployed')
  turnTo(70 * minute)
  expect(await state()).toBe('verified')
})

test('a key that is refused is not used', async () => {
  turnTo(0)
  const key = await make()
  const successor = await rotateKey(caller, key.id, { overlapSeconds: 0 })
  turnTo(1)
  expect(await use(key)).toBe(401)
  expect((await readKey(caller, key.id)).lastUsedAt).toBeNull()
  expect(await use(successor)).toBe(200)
  expect((await readKey(caller, successor.id)).lastUsedAt).toBe(at(1))
})

test('when a key was last used is exact to a second, in the list as alone', async () => {
  turnTo(0)
  const key = await make()
  await use(key)
  turnTo(5 * minute)
  await use(key)
  expect((await readKey(caller, key.id)).lastUsedAt).toBe(at(5 * minute))
  const { data } = await listKeys(caller, { limit: 100 })
  expect(data.find(({ id }) => id === key.id)?.lastUsedAt).toBe(at(5 * minute))
})

test.each([0, 1, 86_400, 604_800])('an overlap of %d s ends to the millisecond', async (overlapSeconds) => {
  turnTo(0)
  const key = await make()
  await rotateKey(caller, key.id, { overlapSeconds })
  expect((await readKey(caller, key.id)).expiresAt).toBe(at(overlapSeconds * 1000))
  if (overlapSeconds > 0) {
    turnTo(overlapSeconds * 1000 - 1)
    expect(await use(key)).toBe(200)
  }
  turnTo(overlapSeconds * 1000)
  expect(await use(key)).toBe(401)
})

test('an overlap ends with the key’s own time, which its successor has, too', async () => {
  turnTo(0)
  const key = await make({ expiresAt: at(60 * minute) })
  const successor = await rotateKey(caller, key.id, { overlapSeconds: 604_800 })
  expect((await readKey(caller, key.id)).expiresAt).toBe(at(60 * minute))
  expect(successor.expiresAt).toBe(at(60 * minute))
  turnTo(60 * minute)
  expect([await use(key), await use(successor)]).toEqual([401, 401])
})

test.each([
  ['without an expiry', null],
  ['with an expiry', 30 * day],
])('every key of a family %s lives as long as its first was made for, whichever was rotated', async (_, life) => {
  turnTo(0)
  const expiresAt = life && at(life)
  const first = await make(expiresAt ? { expiresAt } : {})
  const second = await rotateKey(caller, first.id)
  const third = await rotateKey(caller, second.id, { overlapSeconds: 60 })
  turnTo(2 * minute)
  expect((await readKey(caller, second.id)).status).toBe('expired')
  const again = await rotateKey(caller, first.id)
  expect([second, third, again].map((made) => made.expiresAt)).toEqual([expiresAt, expiresAt, expiresAt])
  expect([await use(third), await use(again)]).toEqual([200, 200])
  expect((await readKey(caller, first.id)).rotation?.successorId).toBe(again.id)
})

test('a successor is not made dead, where an earlier one was told to end sooner', async () => {
  turnTo(0)
  const key = await make()
  const first = await rotateKey(caller, key.id)
  await updateKey(caller, first.id, { expiresAt: at(minute) })
  turnTo(2 * minute)
  const second = await rotateKey(caller, key.id)
  expect(second).toMatchObject({ status: 'active', expiresAt: null })
  expect(await use(second)).toBe(200)
})

test('of a rotation and a revocation at once each is whole, and a rotation that comes after it makes no key', async () => {
  turnTo(0)
  const key = await make()
  // Which comes first the database decides.
  const [revoked, rotated] = await Promise.allSettled([revokeKey(caller, key.id), rotateKey(caller, key.id)])
  expect(revoked.status).toBe('fulfilled')
  const successors = async () => {
    const { data } = await listKeys(caller, { limit: 100 })
    return data.filter(({ predecessorId }) => predecessorId === key.id).map(({ id }) => id)
  }
  const made = rotated.status === 'fulfilled' ? [rotated.value.id] : []
  if (rotated.status === 'rejected') expect(rotated.reason).toMatchObject({ code: 'not_found' })
  expect(await successors()).toEqual(made)
  await expect(rotateKey(caller, key.id)).rejects.toMatchObject({ code: 'not_found' })
  expect(await successors()).toEqual(made)
})

test('a rotation beside a narrowing hands on no more than was left, where it comes after it', async () => {
  turnTo(0)
  const key = await make({ scopes: ['usage:read', 'mpc:sign'] })
  const [, successor] = await Promise.all([
    updateKey(caller, key.id, { scopes: ['usage:read'] }),
    rotateKey(caller, key.id),
  ])
  const { tenantId } = placeOf(caller)
  const told = await (await database()).auditEvent.findMany({ where: { tenantId }, orderBy: { id: 'desc' }, take: 2 })
  expect(successor.scopes).toEqual(told[0]?.action === 'key.rotated' ? ['usage:read'] : ['usage:read', 'mpc:sign'])
})
