import { afterEach, expect, test } from 'vitest'
import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { actFor, setQuota } from '../tenants/tenants.ts'
import { createWebhook } from '../webhooks/endpoints.ts'
import { count } from './count.ts'
import { takeEvents } from './events/events.ts'
import { quotaOf } from './quota.ts'
import { requestsAt, tenantWithKey } from './requests-at.ts'
import { foldUsage } from './shards/fold.ts'

// A clock that is set over the end of a month and back. On PostgreSQL, too.

const { now } = clock
afterEach(() => {
  clock.now = now
})

const [march, april] = ['2026-03-31T23:20:00Z', '2026-04-01T00:20:00Z'] as const
const quota = 10

async function watched() {
  const { tenant, callerOf, keys } = await tenantWithKey()
  await createWebhook(await actFor(tenant.id, 'live'), { url: 'https://hooks.example/', events: webhookEventTypeNames })
  await setQuota(tenant.id, quota)
  const caller = { ...callerOf('live'), tenant: { ...callerOf('live').tenant, monthlyQuota: quota } }
  const at = async <Result>(moment: string, act: () => Promise<Result>) => {
    clock.now = () => Date.parse(moment)
    return act().finally(() => {
      clock.now = now
    })
  }
  return {
    requests: (moment: string, requests: number) => requestsAt(moment, caller, { requests }),
    /** What the MPC server tells of a moment, by whatever clock it is here. */
    told: (here: string, moment: string, requests: number) =>
      at(here, () =>
        takeEvents(
          Array.from({ length: requests }, () => ({
            ...{ specversion: '1.0', id: crypto.randomUUID(), source: 'https://mpc.example', type: 'mpc.request' },
            data: {
              ...{ tenantId: tenant.id, tenantName: tenant.name, environment: 'live', at: moment },
              ...{ operation: 'mpc.sign.finish', status: 'OK', azp: keys.live.key.id },
            },
          })),
        ),
      ),
    /** Requests of several moments that share a commit. */
    together: async (moments: string[]) => {
      const counted = moments.map((moment) => {
        clock.now = () => Date.parse(moment)
        return count(caller, { operation: 'tenant.read', outcome: 'ok', requests: 1, inFlight: 1 })
      })
      await Promise.all(counted)
      clock.now = now
    },
    fold: (moment: string) => at(moment, foldUsage),
    /** As where neither of two commits saw the other one's requests: nothing was told. */
    async hideReached() {
      const db = await database()
      await db.usageMonth.updateMany({ where: { tenantId: tenant.id }, data: { told: 0 } })
      await db.webhookEvent.deleteMany({ where: { tenantId: tenant.id, type: 'usage.threshold' } })
    },
    used: async () => [
      (await at(march, () => quotaOf(tenant.id, quota))).used,
      (await at(april, () => quotaOf(tenant.id, quota))).used,
    ],
    async notices() {
      const where = { tenantId: tenant.id, type: 'usage.threshold' }
      const events = await (await database()).webhookEvent.findMany({ where })
      return events.map(({ payload }) => Object.values(JSON.parse(payload).data).join(' ')).sort()
    },
  }
}

test('a month has its own requests, each once, and its quota is told of once, whichever way the clock is set over its end', async () => {
  const { requests, fold, used, notices } = await watched()
  await requests(march, 7)
  await requests(april, 8)
  expect([await used(), await notices()]).toEqual([[7, 8], ['80 10 2026-04']])
  // Added up by the clock that is ahead, while the others count on.
  await fold(april)
  await requests(march, 1)
  expect([await used(), await notices()]).toEqual([
    [8, 8],
    ['80 10 2026-03', '80 10 2026-04'],
  ])
  await fold(march)
  await requests(april, 1)
  await requests(march, 1)
  expect([await used(), await notices()]).toEqual([
    [9, 9],
    ['80 10 2026-03', '80 10 2026-04'],
  ])
  await requests(april, 1)
  await requests(march, 1)
  await fold('2026-04-01T02:00:00Z')
  const all = ['100 10 2026-03', '100 10 2026-04', '80 10 2026-03', '80 10 2026-04']
  expect([await used(), await notices()]).toEqual([[10, 10], all])
})

test('what a service tells whose clock is ahead counts in the month that is there already, and in that alone', async () => {
  const { requests, told, used, notices } = await watched()
  await told(march, april, 8)
  expect([await used(), await notices()]).toEqual([[0, 8], ['80 10 2026-04']])
  await requests(march, 7)
  await told(april, april, 1)
  expect([await used(), await notices()]).toEqual([[7, 9], ['80 10 2026-04']])
  await told(march, april, 1)
  await told(march, march, 1)
  expect([await used(), await notices()]).toEqual([
    [8, 10],
    ['100 10 2026-04', '80 10 2026-03', '80 10 2026-04'],
  ])
})

test('requests that are written together when a month ends count each for its own', async () => {
  const { together, used, notices } = await watched()
  await together([...Array(7).fill(march), ...Array(2).fill(april)])
  expect([await used(), await notices()]).toEqual([[7, 2], []])
  await together([march, ...Array(6).fill(april)])
  expect([await used(), await notices()]).toEqual([
    [8, 8],
    ['80 10 2026-03', '80 10 2026-04'],
  ])
})

test('what two processes reached together in a month’s last hour is told when that is added up, in the next month', async () => {
  const { requests, fold, notices, hideReached } = await watched()
  await requests('2026-03-31T23:20:00Z', 8)
  await hideReached()
  expect(await notices()).toEqual([])
  await fold('2026-04-01T00:20:00Z')
  await fold('2026-04-01T01:20:00Z')
  expect(await notices()).toEqual(['80 10 2026-03'])
})

test('what a service tells of a month that is over counts for that one, whose thresholds are told still', async () => {
  const { requests, told, used, notices } = await watched()
  await requests(march, 7)
  await told(april, march, 1)
  expect([await used(), await notices()]).toEqual([[8, 0], ['80 10 2026-03']])
})
