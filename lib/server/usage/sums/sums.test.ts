import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Caller, placeOf } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { database } from '../../db/database.ts'
import { activityOf } from '../activity.ts'
import { addOnPage } from '../ceremonies/store.ts'
import { ceremoniesOverTime } from '../ceremonies.ts'
import { usageOverTime } from '../over-time.ts'
import { quotaOf } from '../quota.ts'
import { report } from '../report.ts'
import { found, requestsAt, tenantWithKey } from '../requests-at.ts'
import { foldUsage } from '../shards/fold.ts'
import { sumUp } from './store.ts'

// On PostgreSQL, too.

const { now } = clock
beforeEach(() => {
  clock.now = () => Date.parse('2026-03-05T15:30:00Z')
})
afterEach(() => {
  clock.now = now
})

const [begin, finish] = ['passkeys.authenticate.begin', 'passkeys.authenticate.finish'] as const
const begun = '2026-03-02T12:00:00Z'
/** Requests, each hour's as many as none of the others' add up to. */
const hours = [
  '2026-03-01T23:00:00Z',
  '2026-03-02T00:00:00Z',
  '2026-03-02T11:00:00Z',
  '2026-03-02T12:00:00Z',
  '2026-03-02T23:00:00Z',
  '2026-03-03T00:00:00Z',
  '2026-03-04T23:00:00Z',
  '2026-03-05T00:00:00Z',
  '2026-03-05T14:00:00Z',
]
const requestsOf = (from: string, to: string) =>
  hours.reduce((sum, hour, at) => sum + (hour >= from && hour < to ? 2 ** at : 0), 0)

/** Ranges that begin and end on days and within them; in one day, and in none whole. */
const ranges = [
  ['2026-03-02T00:00:00Z', '2026-03-05T00:00:00Z'],
  ['2026-03-02T12:00:00Z', '2026-03-05T00:00:00Z'],
  ['2026-03-02T00:00:00Z', '2026-03-05T15:00:00Z'],
  ['2026-03-01T23:00:00Z', '2026-03-05T14:00:00Z'],
  ['2026-03-01T00:00:00Z', '2026-03-06T00:00:00Z'],
  ['2026-03-02T11:00:00Z', '2026-03-02T23:00:00Z'],
  ['2026-03-02T12:00:00Z', '2026-03-03T12:00:00Z'],
  ['2026-03-04T23:00:00Z', '2026-03-05T01:00:00Z'],
] as const

async function counted() {
  const { keys, addKey, callerOf, tenant } = await tenantWithKey()
  const [other, elsewhere] = [await addKey('live'), callerOf('test')]
  const { caller, key } = keys.live
  for (const [at, hour] of hours.entries()) {
    const whose = at % 2 ? caller : other.caller
    const requests = 2 ** at
    await requestsAt(hour, whose, { requests, operation: finish, peakPerMinute: at + 1, peakConcurrent: 20 - at })
  }
  await requestsAt(begun, caller, { operation: begin, outcome: 'not_found' })
  await requestsAt('2026-03-02T12:00:00Z', elsewhere, { requests: 7 })
  const hour = Date.parse('2026-03-02T12:00:00Z') / 3_600_000
  await addOnPage(placeOf(caller), { operation: finish, outcome: 'ok', hour })
  return { tenant, caller, views: [key, { ...other.key, createdAt: '2026-01-01T00:00:00.000Z' }] }
}

/** Every figure that there is of a place, in each range. */
async function figuresOf(caller: Caller, views: Awaited<ReturnType<typeof counted>>['views']) {
  const inRanges = []
  for (const [from, to] of ranges) {
    for (const groupBy of ['day', 'hour', 'key', 'operation'] as const)
      inRanges.push(await report(caller, { from, to, groupBy }))
    inRanges.push(await usageOverTime(caller, { environment: 'live', from, to }, found(views)))
    inRanges.push(await ceremoniesOverTime(caller, { from, to }))
  }
  const quota = await quotaOf(caller.tenant.id, null)
  return { inRanges, quota, activity: await activityOf(caller, views) }
}

test('every figure is the same while counts are added up, hours and days apart, and counts that come late', async () => {
  const { tenant, caller, views } = await counted()
  const sums = async () => (await database()).usageSum.count({ where: { tenantId: tenant.id } })
  const before = await figuresOf(caller, views)
  expect([before.quota.used, await sums()]).toEqual([2 ** hours.length - 1 + 8, 0])
  await foldUsage()
  expect(await sums()).toBeGreaterThan(hours.length)
  expect(await figuresOf(caller, views)).toEqual(before)

  // As a process of a version before sums adds them up: to a row that is in the sums, and as one that is not.
  const db = await database()
  const [row] = await db.usageCount.findMany({ where: { tenantId: tenant.id, environment: 'live', operation: begin } })
  if (!row) throw new Error('nothing was added up')
  const { summed: _, ...like } = row
  await db.usageCount.create({ data: { ...like, outcome: 'rate_limited', requests: 5 } })
  const { requests: __, peakPerMinute: ___, peakConcurrent: ____, ...key } = like
  await db.usageCount.update({
    where: { tenantId_environment_hour_operation_keyId_outcome: key },
    data: { requests: row.requests + 2 },
  })
  await requestsAt('2026-03-04T23:00:00Z', caller, { requests: 3, peakPerMinute: 99 })
  const late = await figuresOf(caller, views)
  expect(late.quota.used).toBe(before.quota.used + 10)
  // Some of them at a time.
  for (let rows = 1; rows; rows = await sumUp(1)) expect(await figuresOf(caller, views)).toEqual(late)
  await foldUsage()
  expect(await figuresOf(caller, views)).toEqual(late)
  const unsummed = await db.$queryRaw`SELECT 1 FROM "UsageCount" WHERE "requests" <> "summed"`
  expect(unsummed).toEqual([])
})

test.each(ranges)('from %s to %s there are the requests of its hours, and no others', async (from, to) => {
  const { caller, views } = await counted()
  const wanted = requestsOf(from, to) + (from <= begun && to > begun ? 1 : 0)
  for (const happen of [() => undefined, foldUsage]) {
    await happen()
    for (const groupBy of ['day', 'hour', 'key', 'operation'] as const)
      expect((await report(caller, { from, to, groupBy })).totals.requests).toBe(wanted)
    const { totals, keys, series } = await usageOverTime(caller, { environment: 'live', from, to }, found(views))
    const ofSeries = series.flatMap(({ requests }) => requests).reduce((sum, one) => sum + one, 0)
    expect([totals.requests, ofSeries]).toEqual([wanted, wanted])
    expect(keys.reduce((sum, { requests }) => sum + requests, 0)).toBe(wanted)
    const peaks = hours.flatMap((hour, at) => (hour >= from && hour < to ? [at + 1] : []))
    expect(Math.max(...keys.map(({ peakPerMinute }) => peakPerMinute))).toBe(Math.max(...peaks))
  }
})

test('however many processes add up at once, each count is in its sums once', async () => {
  const { tenant, caller, views } = await counted()
  const before = await figuresOf(caller, views)
  await Promise.all(Array.from({ length: 4 }, () => foldUsage()))
  await Promise.all(Array.from({ length: 4 }, () => sumUp(5)))
  expect(await figuresOf(caller, views)).toEqual(before)
  const db = await database()
  const days = { tenantId: tenant.id, environment: 'live', source: 'keys', step: 'day' }
  const inDays = await db.usageSum.aggregate({ where: days, _sum: { requests: true } })
  expect(inDays._sum.requests).toBe(BigInt(2 ** hours.length))
})
