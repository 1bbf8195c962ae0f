import { existsSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { Scope } from '#lib/contract/scopes.ts'
import { fileOf } from '#lib/foundation/database-place.ts'
import { testOnSqlite } from '../../setup/on-sqlite.ts'
import { clock } from '../clock.ts'
import { closeDatabase } from '../db/database.ts'
import { env } from '../env.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { writeApiKey } from './api-key.ts'
import { authenticate } from './authenticate.ts'
import { createKey } from './make-key.ts'

const { now } = clock
afterEach(() => {
  clock.now = now
})

const refused = { code: 'api_key_invalid', status: 401 }

testOnSqlite('a key that is mistyped is refused without asking the database', async () => {
  await closeDatabase()
  const key = writeApiKey('test')
  const last = key.endsWith('a') ? 'b' : 'a'
  await expect(authenticate(`${key.slice(0, -1)}${last}`)).rejects.toMatchObject(refused)
  await expect(authenticate('nonsense')).rejects.toMatchObject(refused)
  await expect(authenticate(undefined)).rejects.toMatchObject({ code: 'api_key_missing' })
  // The database is made when it is first asked.
  expect(existsSync(fileOf(env().database))).toBe(false)
  await expect(authenticate(key)).rejects.toMatchObject(refused)
  expect(existsSync(fileOf(env().database))).toBe(true)
})

test('a key works until the moment of its expiry, and not in it', async () => {
  const tenant = await createTenant({ name: 'Shop', slug: 'shop' })
  const expiresAt = new Date(Date.now() + 3_600_000)
  const { secret } = await createKey(await actFor(tenant.id, 'test'), {
    type: 'test',
    name: 'x',
    scopes: ['usage:read'],
    expiresAt: expiresAt.toISOString(),
  })
  clock.now = () => expiresAt.getTime() - 1
  expect((await authenticate(secret)).tenant.slug).toBe('shop')
  clock.now = () => expiresAt.getTime()
  await expect(authenticate(secret)).rejects.toMatchObject(refused)
})

test('a caller has the key’s scopes to the letter', async () => {
  const tenant = await createTenant({ name: 'Bank', slug: 'bank' })
  const scopes: Scope[] = ['passkeys:manage', 'skills:list']
  const { secret } = await createKey(await actFor(tenant.id, 'live'), {
    type: 'live',
    name: 'x',
    scopes,
    tier: 'enterprise',
  })
  const caller = await authenticate(secret)
  expect([...caller.scopes]).toEqual(scopes)
  expect([caller.environment, caller.key?.tier]).toEqual(['live', 'enterprise'])
})
