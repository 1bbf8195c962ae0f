import { expect, test } from 'vitest'
import { database } from '../../db/database.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { revokeKey } from '../keys.ts'
import { createKey } from '../make-key.ts'
import { find } from './store.ts'

test('a presented key is found as it is stored, with its tenant', async () => {
  const tenant = await createTenant({
    name: 'Bänk “1”',
    slug: 'bank',
    rpId: 'example.com',
    origins: ['https://example.com'],
  })
  const operator = await actFor(tenant.id, 'live')
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  const allowedIps = ['10.0.0.0/8', '2001:db8::/32']
  const plain = await createKey(operator, { type: 'live', name: 'plain', scopes: ['usage:read'] })
  const full = await createKey(operator, { type: 'live', name: 'full', scopes: ['usage:read'], expiresAt, allowedIps })
  await revokeKey(operator, full.id)
  await (await database()).apiKey.update({ where: { id: full.id }, data: { demo: true } })
  for (const { id } of [plain, full]) {
    const found = await find(id)
    const stored = await (await database()).apiKey.findUniqueOrThrow({ where: { id }, include: { tenant: true } })
    expect(found?.revokedAt instanceof Date).toBe(id === full.id)
    expect(stored).toMatchObject({ ...found })
    expect(Object.keys(found ?? {})).toHaveLength(13)
  }
  expect(await find('000000000000')).toBeNull()
})
