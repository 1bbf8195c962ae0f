import { afterEach, expect, test } from 'vitest'
import type { Environment } from '#lib/contract/environment.ts'
import { playgroundClientId } from '#lib/contract/oauth-scopes.ts'
import { clock } from '../clock.ts'
import { usageOverTime } from './over-time.ts'
import { quotaOf } from './quota.ts'
import { found, requestsAt, tenantWithKey } from './requests-at.ts'

const { now } = clock
afterEach(() => {
  clock.now = now
})

/** A quota as it is seen at a moment. */
async function quotaAt(moment: string, tenantId: string, quota: number | null) {
  clock.now = () => Date.parse(moment)
  return quotaOf(tenantId, quota)
}

test('a month’s requests are those since its first moment, in UTC, of both environments and every outcome', async () => {
  const { tenant, callerOf } = await tenantWithKey()
  const other = await tenantWithKey()
  await requestsAt('2026-02-28T23:59:59.999Z', callerOf('live'), { requests: 7 })
  await requestsAt('2026-03-01T00:00:00Z', callerOf('live'), { requests: 2 })
  await requestsAt('2026-03-15T12:00:00Z', callerOf('test'), { requests: 3, outcome: 'not_found' })
  await requestsAt('2026-03-31T23:59:59.999Z', callerOf('test'))
  await requestsAt('2026-03-15T12:00:00Z', other.callerOf('live'), { requests: 50 })
  expect(await quotaAt('2026-02-28T23:59:59.999Z', tenant.id, 100)).toMatchObject({
    resetsAt: '2026-03-01T00:00:00.000Z',
  })
  expect(await quotaAt('2026-03-31T23:59:59.999Z', tenant.id, 100)).toEqual({
    limit: 100,
    used: 6,
    resetsAt: '2026-04-01T00:00:00.000Z',
    notice: null,
  })
  expect(await quotaAt('2026-04-01T00:00:00Z', tenant.id, 100)).toMatchObject({ used: 0 })
})

test('what anybody does with the Playground’s own client is counted, and spends nothing of the quota', async () => {
  const { tenant, callerOf } = await tenantWithKey()
  const moment = '2026-03-15T12:00:00Z'
  const id = playgroundClientId(tenant.id)
  const stranger = { ...callerOf('test'), key: null, client: { id, name: 'WebAuthn Playground' } }
  await requestsAt(moment, stranger, { requests: 50 })
  await requestsAt(moment, callerOf('test'), { requests: 2 })
  await requestsAt(moment, { ...stranger, client: { id: 'cli_own', name: 'App' } }, { requests: 3 })
  expect(await quotaAt(moment, tenant.id, 5)).toMatchObject({ used: 5, notice: '100' })
  const { totals } = await usageOverTime(callerOf('test'), { environment: 'test' }, found([]))
  expect(totals.requests).toBe(55)
})

test.each([
  ['a month of 31 days', '2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z'],
  ['a February', '2026-02-28T23:59:59.999Z', '2026-03-01T00:00:00.000Z'],
  ['a leap year’s February, before its last day', '2028-02-28T23:59:59.999Z', '2028-03-01T00:00:00.000Z'],
  ['a leap year’s February, on its last day', '2028-02-29T23:59:59.999Z', '2028-03-01T00:00:00.000Z'],
  ['a year', '2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z'],
])('%s ends where the next one begins', async (_name, last, next) => {
  const { tenant, callerOf } = await tenantWithKey()
  await requestsAt(last, callerOf('live'))
  expect(await quotaAt(last, tenant.id, null)).toMatchObject({ used: 1, resetsAt: next })
  expect((await quotaAt(next, tenant.id, null)).used).toBe(0)
})

test('a leap day counts to its February', async () => {
  const { tenant, callerOf } = await tenantWithKey()
  await requestsAt('2028-02-01T00:00:00Z', callerOf('live'))
  await requestsAt('2028-02-29T12:00:00Z', callerOf('live'))
  expect((await quotaAt('2028-02-29T23:00:00Z', tenant.id, null)).used).toBe(2)
})

test.each([
  [10, 7, null],
  [10, 8, '80'],
  [10, 9, '80'],
  [10, 10, '100'],
  [10, 11, '100'],
  [7, 5, null],
  [7, 6, '80'],
  [1, 0, null],
  [1, 1, '100'],
  [null, 50, null],
] as const)('of a quota of %s, %s requests give the notice %s', async (quota, requests, notice) => {
  const { tenant, callerOf } = await tenantWithKey()
  const environments: Environment[] = ['test', 'live']
  for (let index = 0; index < requests; index++) {
    await requestsAt('2026-05-05T00:00:00Z', callerOf(environments[index % 2] ?? 'test'))
  }
  expect(await quotaAt('2026-05-06T00:00:00Z', tenant.id, quota)).toMatchObject({
    limit: quota,
    used: requests,
    notice,
  })
})
