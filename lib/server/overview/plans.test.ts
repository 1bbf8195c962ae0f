import { expect, test } from 'vitest'
import { plansOf } from '../../setup/query-plans.ts'
import { turnsOf } from '../../setup/turns-of.ts'
import { fullCaller, placeOf, system } from '../caller.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { createKey, rotateKey } from '../keys/make-key.ts'
import { unusedKeys } from '../keys/working/pressing.ts'
import { countUsers } from '../passkeys/users/users.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { activityOf } from '../usage/activity.ts'
import { usageOverTime } from '../usage/over-time.ts'
import { quotaOf } from '../usage/quota.ts'
import { report } from '../usage/report.ts'
import { frameOf } from './frame.ts'
import { homeOf } from './home.ts'

const dayMilliseconds = 24 * 3_600_000

async function member() {
  const slug = `p-${crypto.randomUUID().slice(0, 13)}`
  const { id } = await createTenant({ name: 'Acme', slug })
  const maker = await actFor(id, 'test')
  return { maker, caller: fullCaller(maker.tenant, 'test', system) }
}

test('nothing that Home and the frame ask goes through the keys, users and counts of everybody, or through keys that ended', async () => {
  const { maker, caller } = await member()
  const wish = { scopes: ['usage:read' as const], name: 'Ends' }
  const soon = new Date(clock.now() + 5 * dayMilliseconds).toISOString()
  const key = await createKey(maker, { ...wish, expiresAt: soon })
  await rotateKey(maker, key.id)
  for (const range of ['today', '7d', '30d'] as const) await homeOf(caller, range, () => caller)
  await frameOf(caller)

  const tables = ['User', 'Passkey', 'UsageCount', 'UsageShard', 'LogLot', 'KeySighting', 'Webhook', 'OAuthClient']
  const steps = tables.flatMap((table) => plansOf(`FROM "${table}"`))
  expect(steps.filter((step) => /^SEARCH (?:User|UsageCount|UsageShard|LogLot|KeySighting)\b/.test(step))).not.toEqual(
    [],
  )
  expect(steps.filter((step) => tables.some((table) => step.startsWith(`SCAN ${table}`)))).toEqual([])

  const ofKeys = plansOf('FROM "ApiKey" WHERE "tenantId" = ? AND "environment" = ? AND "revokedAt" IS NULL')
  expect(ofKeys).toContainEqual(expect.stringMatching(/INDEX ApiKey_works_idx \(.*expiresAt>\?\)/))
  expect(ofKeys).toContainEqual(expect.stringMatching(/INDEX ApiKey_works_idx \(.*expiresAt>\? AND expiresAt<\?\)/))
  expect(ofKeys.filter((step) => /^SEARCH ApiKey/.test(step) && !step.includes('ApiKey_works_idx'))).toEqual([])
  const sorted = ofKeys.filter((step) => step.includes('TEMP B-TREE'))
  // Of the successors of one key, which are few.
  expect(new Set(sorted)).toEqual(new Set(sorted.length > 0 ? ['USE TEMP B-TREE FOR ORDER BY'] : []))
  expect(plansOf('SELECT count(*) AS "users"')).toEqual([
    expect.stringMatching(/SEARCH User USING COVERING INDEX User_tenantId_environment_/),
  ])
})

test('usage is read from its sums, and what is in none is found by an index of that alone', async () => {
  const { caller } = await member()
  const nobody = { of: async () => [], newest: async () => [] }
  for (const groupBy of ['day', 'hour', 'key', 'operation'] as const) await report(caller, { groupBy })
  for (const from of ['2026-01-01', '2026-01-30T12:00:00Z'])
    await usageOverTime(caller, { environment: 'test', from, to: '2026-02-01T12:00:00Z' }, nobody)
  await activityOf(caller, [{ id: 'x', createdAt: new Date().toISOString(), scopes: [] } as never])
  await quotaOf(caller.tenant.id, null)
  const steps = ['UsageSum', 'UsageKeyDay'].flatMap((table) => plansOf(`FROM "${table}"`))
  const tables = ['UsageSum', 'UsageKeyDay', 'UsageCount', 'UsageShard', 'PageCeremony', 'PageShard']
  const read = new Set(steps.flatMap((step) => /^SEARCH (\w+)/.exec(step)?.[1] ?? []))
  expect(tables.slice(0, 4).filter((table) => !read.has(table))).toEqual([])
  expect(steps.filter((step) => tables.some((table) => step.startsWith(`SCAN ${table}`)))).toEqual([])
  // No step goes through what a place has of all times.
  const searches = steps.filter((step) => /^SEARCH (?:Usage|Page)/.test(step))
  expect(searches.filter((step) => !/(?:hour|day|at)[>=]/.test(step))).toEqual([])
  expect(searches.filter((step) => step.includes('UsageCount_unsummed_idx'))).not.toEqual([])
})

test('however many users there are, they are counted some at a time, and no further than is asked', async () => {
  const { caller } = await member()
  const { tenantId } = placeOf(caller)
  await (await database()).$executeRaw`
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 24999)
    INSERT INTO "User" ("id", "tenantId", "environment", "username", "displayName")
    SELECT 'usr_' || ${tenantId} || i, ${tenantId}, 'test', CASE WHEN i % 2 THEN 'ada' ELSE 'bob' END || i, 'x' FROM n`
  expect(await countUsers(caller, undefined, 100_000)).toBe(25_000)
  expect(await countUsers(caller, undefined, 20_000)).toBe(20_000)
  expect(await countUsers(caller, undefined, 10_001)).toBe(10_001)
  expect(await countUsers(caller, 'ada', 100_000)).toBe(12_500)
  expect(await countUsers(caller, 'ada', 12_500)).toBe(12_500)
  expect(await countUsers(caller, 'zoe', 100_000)).toBe(0)
  expect(await turnsOf(() => countUsers(caller, undefined, 100_000))).toBeGreaterThanOrEqual(2)
  expect(await turnsOf(() => homeOf(caller, 'today', () => caller))).toBeGreaterThanOrEqual(10)
})

test('of hundreds of keys that are used, the one that is not is found, a page of them in a turn', async () => {
  const { maker, caller } = await member()
  const made = await createKey(maker, { name: 'Used', scopes: ['usage:read'] })
  const db = await database()
  const key = await db.apiKey.findUniqueOrThrow({ where: { id: made.id } })
  const long = new Date(clock.now() - 100 * dayMilliseconds)
  const ids = Array.from({ length: 450 }, (_, at) => `u${String(at).padStart(11, '0')}`)
  await db.apiKey.createMany({
    data: ids.map((id, at) => ({
      ...key,
      id,
      familyId: id,
      createdAt: new Date(long.getTime() + at),
      name: `Key ${at}`,
    })),
  })
  const seen = (keyId: string, lastSeenAt: Date) => ({ keyId, address: '', firstSeenAt: long, lastSeenAt })
  await db.keySighting.createMany({
    data: ids.flatMap((id, at) => (at === 420 ? [] : [seen(id, at === 430 ? long : new Date(clock.now()))])),
  })
  let found: Awaited<ReturnType<typeof unusedKeys>> = []
  const turns = await turnsOf(async () => {
    found = await unusedKeys(placeOf(caller), 2)
  })
  expect(turns).toBeGreaterThanOrEqual(4)
  expect(found.map(({ name, since }) => [name, since])).toEqual([
    ['Key 420', null],
    ['Key 430', long],
  ])
})
