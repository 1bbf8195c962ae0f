import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { consoleUsage, type consoleUsageQuery } from '#lib/contract/console.ts'
import type { KeyView } from '#lib/contract/keys.ts'
import { clock } from '../clock.ts'
import { usageOverTime } from './over-time.ts'
import { found, requestsAt, tenantWithKey } from './requests-at.ts'

const { now } = clock
beforeEach(() => {
  clock.now = () => Date.parse('2026-03-05T15:30:00Z')
})
afterEach(() => {
  clock.now = now
})

/** Usage of a new tenant's live environment; what is answered fits the contract. */
async function watched() {
  const tenant = await tenantWithKey()
  const { caller, key } = tenant.keys.live
  const usage = async (range: Partial<z.output<typeof consoleUsageQuery>> = {}, keys: KeyView[] = [key]) =>
    consoleUsage.strict().parse(await usageOverTime(caller, { environment: 'live', ...range }, found(keys)))
  return { ...tenant, caller, key, usage }
}

describe('points in time', () => {
  test('are hours for up to 72 hours, without gaps', async () => {
    const { caller, usage } = await watched()
    await requestsAt('2026-02-27T23:59:59Z', caller, { requests: 9 })
    await requestsAt('2026-02-28T00:00:00Z', caller, { requests: 2 })
    await requestsAt('2026-03-02T23:59:59Z', caller, { requests: 3 })
    await requestsAt('2026-03-03T00:00:00Z', caller, { requests: 9 })
    const { step, times, series } = await usage({ from: '2026-02-28', to: '2026-03-03' })
    expect([step, times.length]).toEqual(['hour', 72])
    expect([times[0], times[24], times[71]]).toEqual([
      '2026-02-28T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
      '2026-03-02T23:00:00.000Z',
    ])
    expect(series).toEqual([{ operation: 'tenant.read', outcome: 'ok', requests: [2, ...Array(70).fill(0), 3] }])
  })

  test('are days for more', async () => {
    const { caller, usage } = await watched()
    await requestsAt('2026-02-28T00:00:00Z', caller, { requests: 2 })
    await requestsAt('2026-02-28T23:00:00Z', caller, { requests: 2 })
    await requestsAt('2026-03-03T00:00:00Z', caller)
    const { step, times, series } = await usage({ from: '2026-02-28', to: '2026-03-03T00:00:01Z' })
    expect(step).toBe('day')
    expect(times).toEqual(['02-28', '03-01', '03-02', '03-03'].map((day) => `2026-${day}T00:00:00.000Z`))
    expect(series.map(({ requests }) => requests)).toEqual([[4, 0, 0, 1]])
  })

  test('are the last 30 days up to and with this hour, unless told', async () => {
    const { caller, usage } = await watched()
    await requestsAt('2026-02-03T15:59:59Z', caller, { requests: 9 })
    await requestsAt('2026-02-03T16:00:00Z', caller, { requests: 2 })
    await requestsAt('2026-03-05T15:59:59Z', caller, { requests: 4 })
    await requestsAt('2026-03-05T16:00:00Z', caller, { requests: 9 })
    const { step, times, series, totals } = await usage()
    expect([step, times.length, times[0]]).toEqual(['day', 31, '2026-02-03T00:00:00.000Z'])
    expect(series.map(({ requests }) => [requests.length, requests[0], requests[30]])).toEqual([[31, 2, 4]])
    expect(totals).toEqual({ requests: 6, errors: 0 })
  })

  test('are refused where the range is empty or too long', async () => {
    const { usage } = await watched()
    const refused = { code: 'invalid_request' }
    await expect(usage({ from: '2026-03-03', to: '2026-03-03' })).rejects.toMatchObject(refused)
    await expect(usage({ from: '2024-03-03', to: '2026-03-03' })).rejects.toMatchObject(refused)
  })
})

test('a series has the requests of one operation and outcome, the most first', async () => {
  const { caller, usage } = await watched()
  const finish = 'passkeys.authenticate.finish'
  await requestsAt('2026-03-05T10:00:00Z', caller, { requests: 2, operation: 'usage.read' })
  await requestsAt('2026-03-05T10:00:00Z', caller, { operation: finish, outcome: 'verification_failed' })
  await requestsAt('2026-03-05T10:00:00Z', caller, { operation: finish, outcome: 'ceremony_unknown' })
  await requestsAt('2026-03-05T10:00:00Z', caller, { requests: 2, operation: finish })
  await requestsAt('2026-03-05T12:00:00Z', caller, { operation: finish })
  await requestsAt('2026-03-05T12:00:00Z', caller, { operation: 'passkeys.register.finish' })
  await requestsAt('2026-03-05T12:00:00Z', caller, { operation: 'mpc.sign.finish' })
  await requestsAt('2026-03-05T12:00:00Z', caller, { operation: 'mpc.sign.finish', outcome: 'repeated' })
  const { series, meters, totals } = await usage({ from: '2026-03-05T10:00:00Z', to: '2026-03-05T13:00:00Z' })
  expect(series.map(({ operation, outcome, requests }) => [operation, outcome, requests])).toEqual([
    [finish, 'ok', [2, 0, 1]],
    ['usage.read', 'ok', [2, 0, 0]],
    ['mpc.sign.finish', 'ok', [0, 0, 1]],
    ['mpc.sign.finish', 'repeated', [0, 0, 1]],
    [finish, 'ceremony_unknown', [1, 0, 0]],
    [finish, 'verification_failed', [1, 0, 0]],
    ['passkeys.register.finish', 'ok', [0, 0, 1]],
  ])
  expect(meters).toMatchObject({
    'passkey.registered': 1,
    'passkey.authenticated': 3,
    'token.issued': 3,
    'mpc.signed': 1,
  })
  expect(totals).toEqual({ requests: 10, errors: 2 })
})

test('keys are those that work and those with requests in the range, with their peaks and limits', async () => {
  const { addKey, caller, key, usage } = await watched()
  const [enterprise, revoked, gone] = [
    await addKey('live', { tier: 'enterprise' }),
    await addKey('live'),
    await addKey('live'),
  ]
  const at = (hour: number) => `2026-03-05T${hour}:00:00Z`
  await requestsAt(at(10), caller, { peakPerMinute: 800, peakConcurrent: 3 })
  await requestsAt(at(11), caller, { peakPerMinute: 20, peakConcurrent: 40, outcome: 'not_found' })
  await requestsAt(at(13), caller, { peakPerMinute: 999, peakConcurrent: 49 })
  await requestsAt(at(12), revoked.caller, { requests: 5, peakPerMinute: 5, peakConcurrent: 5 })
  await requestsAt(at(13), gone.caller)
  const keys = [
    key,
    enterprise.key,
    { ...revoked.key, status: 'revoked' as const },
    { ...gone.key, status: 'expired' as const },
  ]
  const answer = await usage({ from: at(10), to: at(13) }, keys)
  const standard = { requestsPerMinute: 1_000, concurrent: 50 }
  const none = { requests: 0, errors: 0, peakPerMinute: 0, peakConcurrent: 0 }
  const { id, name, hint } = key
  expect(answer.keys).toEqual([
    expect.objectContaining({ id: revoked.key.id, requests: 5, errors: 0, peakPerMinute: 5, peakConcurrent: 5 }),
    { id, name, hint, requests: 2, errors: 1, peakPerMinute: 800, peakConcurrent: 40, limits: standard },
    expect.objectContaining({
      id: enterprise.key.id,
      ...none,
      limits: { requestsPerMinute: 10_000, concurrent: 500 },
    }),
  ])
})

test('of more than a hundred keys those with the most requests are told of, and how many others have some', async () => {
  const { caller, key, usage } = await watched()
  const at = '2026-03-05T10:00:00Z'
  const keys = Array.from({ length: 103 }, (_, number) => ({ ...key, id: `key${number}`, name: `Key ${number}` }))
  await requestsAt(at, caller)
  for (const other of keys.slice(0, 101))
    await requestsAt(at, { ...caller, key: { ...caller.key, ...other } as never }, { requests: 2 })
  const { keys: told, otherKeys, totals } = await usage({}, [key, ...keys])
  expect([told.length, otherKeys, totals.requests]).toEqual([100, 2, 203])
  expect(told.map(({ requests }) => requests)).toEqual(Array.from({ length: 100 }, () => 2))
})

test('another environment’s and another tenant’s requests are not seen', async () => {
  const { callerOf, usage } = await watched()
  const other = await watched()
  await requestsAt('2026-03-05T10:00:00Z', callerOf('test'))
  await requestsAt('2026-03-05T10:00:00Z', other.caller)
  expect(await usage()).toMatchObject({ series: [], totals: { requests: 0, errors: 0 }, keys: [{ requests: 0 }] })
  expect((await other.usage()).totals.requests).toBe(1)
})
