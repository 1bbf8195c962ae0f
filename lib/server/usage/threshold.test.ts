import { afterEach, expect, test } from 'vitest'
import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { actFor, setQuota } from '../tenants/tenants.ts'
import { createWebhook } from '../webhooks/endpoints.ts'
import { requestsAt, tenantWithKey } from './requests-at.ts'

const { now } = clock
afterEach(() => {
  clock.now = now
})

/** A tenant that listens, whose quota is changed in the course of a month, and what it was told of it: per cent and quota. */
async function watched() {
  const { tenant, callerOf } = await tenantWithKey()
  await createWebhook(await actFor(tenant.id, 'live'), { url: 'https://hooks.example/', events: webhookEventTypeNames })
  const caller = callerOf('live')
  return {
    setQuota: (quota: number | null) => setQuota(tenant.id, quota),
    /** Requests, counted by the quota that was read with their key. */
    requests: (requests: number, monthlyQuota: number | null) =>
      requestsAt('2026-03-15T12:00:00Z', { ...caller, tenant: { ...caller.tenant, monthlyQuota } }, { requests }),
    told: async () => {
      const where = { tenantId: tenant.id, type: 'usage.threshold' }
      const events = await (await database()).webhookEvent.findMany({ where, orderBy: { id: 'asc' } })
      const all = events.map(({ payload }) => JSON.parse(payload).data)
      return all.map(({ percent, quota }) => `${percent} % of ${quota}`).sort()
    },
  }
}

test('a changed quota’s thresholds are told, whatever was told of the one before', async () => {
  const { setQuota, requests, told } = await watched()
  await setQuota(5)
  await requests(5, 5)
  const before = ['100 % of 5', '80 % of 5']
  expect(await told()).toEqual(before)
  await setQuota(5)
  await requests(1, 5)
  expect(await told()).toEqual(before)
  await setQuota(10)
  await requests(1, 10)
  expect(await told()).toEqual(before)
  await requests(1, 10)
  expect(await told()).toEqual(['100 % of 5', '80 % of 10', '80 % of 5'])
  await requests(2, 10)
  expect(await told()).toEqual(['100 % of 10', '100 % of 5', '80 % of 10', '80 % of 5'])
})

test('a quota that was away for a while counts what came meanwhile', async () => {
  const { setQuota, requests, told } = await watched()
  await setQuota(10)
  await requests(2, 10)
  await setQuota(null)
  await requests(5, null)
  await setQuota(10)
  await requests(1, 10)
  expect(await told()).toEqual(['80 % of 10'])
})

test('a request that began under the quota before tells nothing of it', async () => {
  const { setQuota, requests, told } = await watched()
  await setQuota(2)
  await setQuota(10)
  await requests(7, 2)
  expect(await told()).toEqual([])
  await requests(1, 10)
  expect(await told()).toEqual(['80 % of 10'])
})
