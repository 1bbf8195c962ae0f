import { expect, test } from 'vitest'
import { keptText } from '#lib/setup/kept-text.ts'
import { database } from '../db/database.ts'
import { env } from '../env.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { hashApiKey } from './api-key.ts'
import { createKey, rotateKey } from './make-key.ts'

test('of a key its HMAC is kept, and no part of its secret anywhere in the data', async () => {
  const caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'live')
  const made = await createKey(caller, { name: 'x', scopes: ['usage:read'] }, { idempotencyKey: 'a' })
  const successor = await rotateKey(caller, made.id, {}, { idempotencyKey: 'b' })
  const db = await database()
  const kept = await keptText(env().database)
  for (const { id, secret = '' } of [made, successor]) {
    expect((await db.apiKey.findUniqueOrThrow({ where: { id } })).hash).toBe(hashApiKey(secret))
    expect(kept).toContain(id)
    expect(kept).not.toContain(secret.slice(21, 64))
    expect(kept).not.toContain(secret.slice(21, 33))
  }
})
