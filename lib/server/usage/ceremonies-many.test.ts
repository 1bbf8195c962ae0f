import { beforeAll, expect, test, vi } from 'vitest'
import { database } from '../db/database.ts'
import { providersOf } from '../passkeys/providers.ts'
import { ceremoniesOverTime } from './ceremonies.ts'
import { ceremonyReport } from './ceremony-report.ts'
import { tenantWithKey } from './requests-at.ts'
import { foldUsage } from './shards/fold.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const range = { from: '2026-01-01', to: '2026-01-31' }
let tenant: Awaited<ReturnType<typeof tenantWithKey>>

// In each hour of thirty days, 14 keys: 10,080 rows. And 100,000 passkeys of four models, one of them synced.
beforeAll(async () => {
  tenant = await tenantWithKey()
  const { id } = tenant.tenant
  const db = await database()
  const hour = Date.parse(range.from) / 3_600_000
  await db.$executeRaw`
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 10079)
    INSERT INTO "UsageCount" ("tenantId", "environment", "keyId", "operation", "outcome", "hour", "requests")
    SELECT ${id}, 'live', 'key' || (i % 14), 'passkeys.authenticate.finish',
      CASE WHEN i % 14 < 7 THEN 'verification_failed' ELSE 'ok' END, ${hour} + i / 14, 1
    FROM n`
  await db.user.create({
    data: { id: 'usr_of_many_models', tenantId: id, environment: 'live', username: 'ada', displayName: 'ada' },
  })
  await db.$executeRaw`
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
    INSERT INTO "Passkey" ("id", "tenantId", "environment", "userId", "credentialId", "publicKey", "algorithm", "signCount",
      "name", "aaguid", "transports", "backupEligible", "backedUp", "attestationFormat", "attestationTrusted")
    SELECT 'psk_many_' || i, ${id}, 'live', 'usr_of_many_models', 'credential' || i, x'00', -7, 0, 'Phone',
      CASE i % 4 WHEN 0 THEN 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd' ELSE '00000000-0000-0000-0000-00000000000' || (i % 4) END,
      '', i % 4 = 0, 0, 'none', 0
    FROM n`
})

test('a month of many keys is summed some rows at a time, others come between, and its figures are the same at any time', async () => {
  const figures = async () => {
    const { signIns, times } = await ceremoniesOverTime(tenant.callerOf('live'), range)
    expect([times.length, signIns.totals.ok, signIns.totals.failed]).toEqual([30, 5_040, 5_040])
    expect(signIns.ok).toEqual(Array.from({ length: 30 }, () => 7 * 24))
  }
  await figures()
  let [turns, over] = [0, false]
  const turn = () => {
    turns++
    if (!over) setImmediate(turn)
  }
  setImmediate(turn)
  const summing = foldUsage()
  await figures()
  await summing
  over = true
  expect(turns).toBeGreaterThanOrEqual(50)
  await figures()
  const sums = await (await database()).usageSum.count({ where: { tenantId: tenant.tenant.id } })
  expect(sums).toBe(2 * (30 * 24 + 30))
})

test('passkeys are counted by provider from an index alone', async () => {
  const providers = await providersOf({ tenantId: tenant.tenant.id, environment: 'live' }, new Map([['psk_many_4', 3]]))
  expect(providers).toEqual([
    { provider: null, synced: 0, bound: 75_000, signIns: 0 },
    { provider: 'Apple Passwords', synced: 25_000, bound: 0, signIns: 3 },
  ])
  const plan = await (await database()).$queryRawUnsafe<{ detail: string }[]>(
    `EXPLAIN QUERY PLAN SELECT "aaguid", "backupEligible", count(*) FROM "Passkey"
     WHERE "tenantId" = 'x' AND "environment" = 'live' GROUP BY "aaguid", "backupEligible"`,
  )
  expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('USING COVERING INDEX')])
})

test('whose authenticators people use is kept for a minute where hundreds of events are gone through for it, whatever they are', async () => {
  const looked = async (of: typeof tenant) => (await ceremonyReport(of.callerOf('live'), range)).signInsLookedAt
  const few = await tenantWithKey()
  const add = async (tenantId: string, action: string, events: number) => {
    await (await database()).$executeRaw`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${events})
      INSERT INTO "AuditEvent" ("id", "at", "tenantId", "environment", "action", "actorType", "actorId", "actorName", "targetId", "targetName")
      SELECT ${action} || i, '2026-01-02T00:00:00.000+00:00', ${tenantId}, 'live', ${action}, 'user', 'usr', 'ada', 'psk_many_1', 'Phone' FROM n`
  }
  for (const {
    tenant: { id },
  } of [tenant, few])
    await add(id, 'key.created', id === few.tenant.id ? 10 : 200)
  expect([await looked(tenant), await looked(few)]).toEqual([0, 0])
  for (const {
    tenant: { id },
  } of [tenant, few])
    await add(id, 'user.signed_in', 1)
  expect([await looked(tenant), await looked(few)]).toEqual([0, 1])
})
