import { globSync, readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { fileOf } from '#lib/foundation/database-place.ts'
import { testOnSqlite } from '../../../setup/on-sqlite.ts'
import { database, direct, probe } from '../../db/database.ts'
import { env } from '../../env.ts'
import { actFor, createTenant, setTierCeiling } from '../../tenants/tenants.ts'
import { writeApiKey } from '../api-key.ts'
import { authenticate } from '../authenticate.ts'
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

testOnSqlite(
  'a key that was asked for is asked for anew once it was changed here, or by another process in an earlier turn',
  async () => {
    const tenant = await createTenant({ name: 'Kept', slug: 'kept' })
    const operator = await actFor(tenant.id, 'live')
    const [one, two] = [
      await createKey(operator, { type: 'live', name: 'one', scopes: ['usage:read'] }),
      await createKey(operator, { type: 'live', name: 'two', scopes: ['usage:read'] }),
    ]
    const first = await find(one.id)
    await (await direct()).write(probe)
    expect(await find(one.id)).toBe(first)
    await revokeKey(operator, two.id)
    expect([await find(one.id), (await find(one.id)) === first]).toEqual([first, false])
    await setTierCeiling(tenant.id, 'enterprise')
    expect((await find(one.id))?.tenant.tierCeiling).toBe('enterprise')
    const other = new Database(fileOf(env().database))
    other.prepare(`UPDATE "ApiKey" SET "revokedAt" = "createdAt" WHERE "id" = ?`).run(one.id)
    await turn()
    expect((await find(one.id))?.revokedAt instanceof Date).toBe(true)
    other.prepare(`DELETE FROM "ApiKey" WHERE "id" = ?`).run(one.id)
    other.close()
    await turn()
    expect(await find(one.id)).toBeNull()
  },
)

test('a key that was right does not make another one right', async () => {
  const tenant = await createTenant({ name: 'Right', slug: 'right' })
  const { id, secret } = await createKey(await actFor(tenant.id, 'live'), { name: 'x', scopes: ['usage:read'] })
  expect((await authenticate(secret)).key?.id).toBe(id)
  await expect(authenticate(writeApiKey('live', id))).rejects.toMatchObject({ code: 'api_key_invalid' })
  expect((await authenticate(secret)).key?.id).toBe(id)
  await revokeKey(await actFor(tenant.id, 'live'), id)
  await expect(authenticate(secret)).rejects.toMatchObject({ code: 'api_key_invalid' })
})

test('what writes to keys and tenants goes through Prisma, so that it is heard', () => {
  const files = globSync('lib/server/**/*.ts').filter((file) => !file.endsWith('.test.ts'))
  const writes = (text: string) => text.match(/^.*\b(?:INTO|UPDATE|DELETE FROM)\s+"(?:ApiKey|Tenant)".*$/gm) ?? []
  const unheard = (text: string) => writes(text).filter((line) => !/\$(?:execute|query)Raw/.test(line))
  expect(files.length).toBeGreaterThan(300)
  expect(files.flatMap((file) => unheard(readFileSync(file, 'utf8')))).toEqual([])
  expect(unheard('const touch = `UPDATE "ApiKey" SET "name" = ?`')).toHaveLength(1)
})
