import { expect, test } from 'vitest'
import { api } from '../api/app.ts'
import { clock } from '../clock.ts'
import { findKey } from '../keys/keys.ts'
import { createKey } from '../keys/make-key.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'

test('a key that is only refused is in use all the same; one that is not let in at all is not', async () => {
  const { id } = await createTenant({ name: 'Shop', slug: 'shop' })
  const caller = await actFor(id, 'test')
  const [key, listed] = [
    await createKey(caller, { name: 'x', scopes: ['skills:list'] }),
    await createKey(caller, { name: 'y', scopes: ['skills:list'], allowedIps: ['203.0.113.7'] }),
  ]
  const ask = async (secret: string) => (await api().request('/v1/usage', { headers: { 'X-API-Key': secret } })).status
  expect([await ask(key.secret), await ask(listed.secret)]).toEqual([403, 403])
  const lastUse = async (keyId: string) => (await findKey(caller, keyId))?.lastUsedAt
  await expect.poll(() => lastUse(key.id)).not.toBeNull()
  expect(Date.parse((await lastUse(key.id)) ?? '')).toBeGreaterThan(clock.now() - 60_000)
  expect(await lastUse(listed.id)).toBeNull()
})
