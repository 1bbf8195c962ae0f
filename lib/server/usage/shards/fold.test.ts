import { setImmediate as otherWork } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { type Caller, placeOf } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { database, direct } from '../../db/database.ts'
import { setQuota } from '../../tenants/tenants.ts'
import { createWebhook } from '../../webhooks/endpoints.ts'
import { addOnPage, countsOf } from '../ceremonies/store.ts'
import { quotaOf } from '../quota.ts'
import { report } from '../report.ts'
import { requestsAt, tenantWithKey } from '../requests-at.ts'
import { figuresOfKeys } from '../store.ts'
import { foldUsage } from './fold.ts'

// On PostgreSQL, too.

const noon = Date.parse('2026-03-15T12:00:00Z')
const hour = 3_600_000
const range = { from: '2026-03-15T00:00:00Z', to: '2026-03-16T00:00:00Z', groupBy: 'hour' as const }
const hours = { from: Date.parse(range.from) / hour, to: Date.parse(range.to) / hour }

const shared = globalThis as { playgroundShard?: number }
const { now } = clock
const { playgroundShard: own } = shared
beforeEach(() => {
  clock.now = () => noon + hour
})
afterEach(() => {
  clock.now = now
  if (own === undefined) delete shared.playgroundShard
  else shared.playgroundShard = own
})

/** Requests that a process counts, as one of the number it has. */
async function by(shard: number, moment: number, caller: Caller, requests: object): Promise<void> {
  shared.playgroundShard = shard
  await requestsAt(moment, caller, requests)
}

async function rowsOf(table: string, { tenant }: Caller) {
  const sql = `SELECT count(*) AS "rows", COALESCE(SUM("requests"), 0) AS "requests" FROM "${table}" WHERE "tenantId" = ?`
  const found = await (await direct()).first<{ rows: number; requests: number }>(sql, tenant.id)
  return [found?.rows, found?.requests]
}

async function seenBy(caller: Caller) {
  return {
    report: await report(caller, range),
    quota: (await quotaOf(caller.tenant.id, 100)).used,
    peaks: (await figuresOfKeys(placeOf(caller), hours)).keys.map((row) =>
      [row.requests, row.errors, row.peakPerMinute, row.peakConcurrent].map(Number),
    ),
  }
}

test('what processes counted each in rows of its own reads the same before and after it is added up', async () => {
  const { callerOf } = await tenantWithKey()
  const caller = callerOf('live')
  await by(1, noon, caller, { requests: 3, peakPerMinute: 7, peakConcurrent: 1 })
  await by(2, noon, caller, { requests: 5, peakPerMinute: 4, peakConcurrent: 6 })
  await by(2, noon, caller, { requests: 2, outcome: 'not_found', peakPerMinute: 1 })
  await by(1, noon + hour, caller, { requests: 4, peakPerMinute: 2 })
  const before = await seenBy(caller)
  expect(before).toMatchObject({ report: { totals: { requests: 14, errors: 2 } }, quota: 14 })
  expect(before.peaks).toEqual([[14, 2, 7, 6]])
  expect(await rowsOf('UsageCount', caller)).toEqual([0, 0])

  await foldUsage()
  expect(await rowsOf('UsageCount', caller)).toEqual([2, 10])
  // The hour that goes on stays where processes count.
  expect(await rowsOf('UsageShard', caller)).toEqual([1, 4])
  expect(await seenBy(caller)).toEqual(before)

  // What comes late, as what the MPC server tells does, is added to what is there.
  await by(3, noon, caller, { requests: 2, peakPerMinute: 9 })
  const late = await seenBy(caller)
  expect(late.quota).toBe(16)
  await foldUsage()
  expect(await rowsOf('UsageCount', caller)).toEqual([2, 12])
  expect(await seenBy(caller)).toEqual(late)
})

test('ceremonies on pages are added up likewise', async () => {
  const { callerOf } = await tenantWithKey()
  const caller = callerOf('live')
  clock.now = () => noon
  for (const shard of [1, 2, 2]) {
    shared.playgroundShard = shard
    await addOnPage(placeOf(caller), { operation: 'passkeys.authenticate.finish', outcome: 'ok', hour: noon / hour })
  }
  const counted = async () => {
    const all = await Promise.all(
      (['hour', 'day'] as const).map((step) =>
        countsOf(placeOf(caller), hours, step, ['passkeys.authenticate.finish']),
      ),
    )
    return all.map((found) => found.reduce((sum, { requests }) => sum + requests, 0))
  }
  expect([await rowsOf('PageShard', caller), await counted()]).toEqual([
    [2, 3],
    [3, 3],
  ])
  clock.now = () => noon + hour
  await foldUsage()
  expect([await rowsOf('PageShard', caller), await counted()]).toEqual([
    [0, 0],
    [3, 3],
  ])
  expect(await rowsOf('PageCeremony', caller)).toEqual([1, 3])
})

test('whoever counts while others add up, nothing is lost and nothing doubled', async () => {
  const { callerOf } = await tenantWithKey()
  const caller = callerOf('live')
  await requestsAt(noon, caller)
  let counting = true
  const adding = Array.from({ length: 2 }, async () => {
    for (; counting; await otherWork()) await foldUsage()
  })
  for (let round = 0; round < 40; round++) await by(round % 3, noon, caller, { requests: 5 })
  counting = false
  await Promise.all(adding)
  expect((await report(caller, range)).totals).toEqual({ requests: 201, errors: 0 })
  await foldUsage()
  expect([await rowsOf('UsageShard', caller), await rowsOf('UsageCount', caller)]).toEqual([
    [0, 0],
    [1, 201],
  ])
})

test('where they cannot be added, they stay', async () => {
  const { callerOf } = await tenantWithKey()
  const caller = callerOf('live')
  await by(1, noon, caller, { requests: 3 })
  const db = await database()
  await db.$executeRawUnsafe('ALTER TABLE "UsageCount" RENAME TO "Elsewhere"')
  await expect(foldUsage()).rejects.toThrow()
  await db.$executeRawUnsafe('ALTER TABLE "Elsewhere" RENAME TO "UsageCount"')
  expect(await rowsOf('UsageShard', caller)).toEqual([1, 3])
  await foldUsage()
  expect(await rowsOf('UsageCount', caller)).toEqual([1, 3])
})

test('a threshold that two processes reached without seeing each other is told once', async () => {
  const { tenant, callerOf } = await tenantWithKey()
  await setQuota(tenant.id, 10)
  const caller = callerOf('live')
  await createWebhook(caller, { url: 'https://hooks.example/', events: webhookEventTypeNames })
  const db = await database()
  const told = () => db.webhookEvent.count({ where: { tenantId: tenant.id, type: 'usage.threshold' } })
  await by(1, noon, { ...caller, tenant: { ...caller.tenant, monthlyQuota: 10 } }, { requests: 7 })
  expect(await told()).toBe(0)
  // As the other one committed, after this one looked.
  await db.usageMonthShard.updateMany({ where: { tenantId: tenant.id }, data: { requests: 8 } })
  await foldUsage()
  await foldUsage()
  expect(await told()).toBe(1)
  expect(await rowsOf('UsageMonth', caller)).toEqual([1, 8])
  expect(await rowsOf('UsageMonthShard', caller)).toEqual([0, 0])
})
