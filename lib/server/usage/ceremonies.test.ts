import { afterEach, beforeEach, expect, test } from 'vitest'
import { ceremonyUsage } from '#lib/contract/ceremony-figures.ts'
import { successRate } from '#lib/contract/success-rate.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { ceremoniesOverTime, fittingRange } from './ceremonies.ts'
import { requestsAt, tenantWithKey } from './requests-at.ts'

const { now } = clock
beforeEach(() => {
  clock.now = () => Date.parse('2026-03-05T15:30:00Z')
})
afterEach(() => {
  clock.now = now
})

const usageOf = async (caller: Caller, range: { from?: string; to?: string } = {}) =>
  ceremonyUsage.strict().parse(await ceremoniesOverTime(caller, range))

const registers = (step: 'begin' | 'finish') => ({ operation: `passkeys.register.${step}` }) as const
const signsIn = (step: 'begin' | 'finish') => ({ operation: `passkeys.authenticate.${step}` }) as const

test('ceremonies are told by kind and hour: begun, accepted, refused and why, never finished', async () => {
  const { keys, callerOf } = await tenantWithKey()
  const { caller } = keys.live
  await requestsAt('2026-03-05T10:00:00Z', caller, { ...signsIn('begin'), requests: 10 })
  await requestsAt('2026-03-05T10:20:00Z', caller, { ...signsIn('finish'), requests: 4 })
  await requestsAt('2026-03-05T12:59:59Z', caller, {
    ...signsIn('finish'),
    requests: 2,
    outcome: 'verification_failed',
  })
  await requestsAt('2026-03-05T12:00:00Z', caller, { ...signsIn('finish'), outcome: 'ceremony_unknown' })
  await requestsAt('2026-03-05T12:00:00Z', caller, { ...signsIn('begin'), requests: 3, outcome: 'user_unknown' })
  await requestsAt('2026-03-05T12:00:00Z', caller, { ...registers('begin') })
  await requestsAt('2026-03-05T12:00:00Z', caller, { ...registers('finish') })
  // Neither is a ceremony of these, of this environment, or of this range.
  await requestsAt('2026-03-05T12:00:00Z', caller, { operation: 'passkeys.approve.finish', requests: 50 })
  await requestsAt('2026-03-05T12:00:00Z', callerOf('test'), { ...signsIn('finish'), requests: 50 })
  await requestsAt('2026-03-05T09:59:59Z', caller, { ...signsIn('finish'), requests: 50 })
  const { step, times, signIns, registrations } = await usageOf(caller, {
    from: '2026-03-05T10:00:00Z',
    to: '2026-03-05T13:00:00Z',
  })
  expect([step, times]).toEqual(['hour', ['10', '11', '12'].map((hour) => `2026-03-05T${hour}:00:00.000Z`)])
  expect(signIns).toMatchObject({
    ok: [4, 0, 0],
    failed: [0, 0, 3],
    totals: { begun: 10, finished: 7, ok: 4, failed: 3, abandoned: 3 },
    failures: [
      { step: 'begin', code: 'user_unknown', requests: 3 },
      { step: 'finish', code: 'verification_failed', requests: 2 },
      { step: 'finish', code: 'ceremony_unknown', requests: 1 },
    ],
  })
  expect(registrations).toMatchObject({
    ok: [0, 0, 1],
    failed: [0, 0, 0],
    totals: { begun: 1, finished: 1, ok: 1, failed: 0, abandoned: 0 },
    failures: [],
  })
  expect(successRate(signIns.totals)).toBeCloseTo(4 / 7)
  expect(successRate({ ok: 0, finished: 0 })).toBeNull()
})

test('a range is compared with one as long, whole weeks before it', async () => {
  const { caller } = (await tenantWithKey()).keys.live
  await requestsAt('2026-02-26T11:00:00Z', caller, { ...signsIn('finish'), requests: 5 })
  await requestsAt('2026-02-26T12:00:00Z', caller, { ...signsIn('finish'), outcome: 'verification_failed' })
  await requestsAt('2026-02-26T13:00:00Z', caller, { ...signsIn('finish'), requests: 50 })
  const { signIns, before } = await usageOf(caller, { from: '2026-03-05T11:00:00Z', to: '2026-03-05T13:00:00Z' })
  expect(before).toEqual({ from: '2026-02-26T11:00:00.000Z', to: '2026-02-26T13:00:00.000Z' })
  expect(signIns.before).toMatchObject({ ok: [5, 0], failed: [0, 1], totals: { ok: 5, failed: 1, finished: 6 } })
  expect((await usageOf(caller, { from: '2026-02-27', to: '2026-03-06' })).before).toEqual({
    from: '2026-02-20T00:00:00.000Z',
    to: '2026-02-27T00:00:00.000Z',
  })
  expect((await usageOf(caller, { from: '2026-02-04', to: '2026-03-06' })).before).toEqual({
    from: '2025-12-31T00:00:00.000Z',
    to: '2026-01-30T00:00:00.000Z',
  })
})

test('where it began is told, so that nobody looks at days before it', async () => {
  const { callerOf } = await tenantWithKey()
  const caller = callerOf('live')
  expect(await usageOf(caller)).toMatchObject({ since: null, signIns: { totals: { begun: 0 } } })
  await requestsAt('2026-03-02T08:10:00Z', caller)
  await requestsAt('2026-03-01T08:10:00Z', callerOf('test'))
  await requestsAt('2026-03-03T08:10:00Z', caller, signsIn('finish'))
  const { since, step, signIns, times } = await usageOf(caller, { from: '2026-03-01', to: '2026-03-06' })
  expect(since).toBe('2026-03-02T08:00:00.000Z')
  expect([step, times.length, signIns.ok]).toEqual(['day', 5, [0, 0, 1, 0, 0]])
})

test('whoever says no range sees the shortest that has everything', async () => {
  const { caller } = (await tenantWithKey()).keys.live
  const fits = async () => (await fittingRange(caller)).from
  expect(await fits()).toBe('2026-03-05T10:00:00.000Z')
  const ranges = [
    ['2026-03-05T09:59:00Z', '2026-03-04T16:00:00.000Z'],
    ['2026-03-04T15:59:00Z', '2026-03-02T16:00:00.000Z'],
    ['2026-03-01T12:00:00Z', '2026-02-27T00:00:00.000Z'],
    ['2026-01-01T12:00:00Z', '2026-02-04T00:00:00.000Z'],
  ] as const
  for (const [first, from] of ranges) {
    await requestsAt(first, caller)
    expect(await fits()).toBe(from)
  }
})
