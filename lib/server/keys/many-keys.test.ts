import { expect, test } from 'vitest'
import { database } from '../db/database.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { activityOf } from '../usage/activity.ts'
import { usageOverTime } from '../usage/over-time.ts'
import { found } from '../usage/requests-at.ts'
import { allKeys, listKeys, revokeKey } from './keys.ts'
import { createKey, rotateKey } from './make-key.ts'

/** Fills a place with copies of a key, as if they had been made one by one. */
async function fill(id: string, copies: number, change: { revokedAt?: Date } = {}) {
  const db = await database()
  const key = await db.apiKey.findUniqueOrThrow({ where: { id } })
  const prefix = change.revokedAt ? 'r' : 'w'
  await db.apiKey.createMany({
    data: Array.from({ length: copies }, (_, at) => {
      const copy = `${prefix}${String(at).padStart(11, '0')}`
      return { ...key, ...change, id: copy, familyId: copy }
    }),
  })
}

test('a place has a thousand keys that work, and one more when one of them is revoked', async () => {
  const { id: tenantId } = await createTenant({ name: 'Shop', slug: 'shop' })
  const caller = await actFor(tenantId, 'test')
  const key = await createKey(caller, { name: 'x', scopes: ['usage:read'] })
  await fill(key.id, 999)
  const another = () => createKey(caller, { name: 'y', scopes: ['usage:read'] })
  await expect(another()).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(rotateKey(caller, key.id)).rejects.toMatchObject({ code: 'invalid_request' })
  expect(await allKeys(caller)).toHaveLength(1_000)
  await revokeKey(caller, key.id)
  expect((await another()).name).toBe('y')
})

test('however many keys there were, they are listed, and their figures told', async () => {
  const { id: tenantId } = await createTenant({ name: 'Bank', slug: 'bank' })
  const caller = await actFor(tenantId, 'live')
  const key = await createKey(caller, { name: 'x', scopes: ['usage:read'] })
  await fill(key.id, 1_500, { revokedAt: new Date() })
  const keys = await allKeys(caller)
  expect(keys).toHaveLength(201)
  expect(keys.filter(({ status }) => status === 'active').map(({ id }) => id)).toEqual([key.id])
  expect((await activityOf(caller, keys)).size).toBe(201)
  expect((await usageOverTime(caller, { environment: 'live' }, found(keys))).totals.requests).toBe(0)
  const first = await listKeys(caller, { limit: 100 })
  expect([first.data.length, first.nextCursor]).toEqual([100, first.data.at(-1)?.id])
})
