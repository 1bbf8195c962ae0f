import { afterEach, beforeEach, expect, test } from 'vitest'
import { homeView } from '#lib/contract/console-home.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { type Caller, fullCaller, placeOf, system } from '../caller.ts'
import { createClient } from '../clients/clients.ts'
import { clock } from '../clock.ts'
import { createKey, rotateKey } from '../keys/make-key.ts'
import { note } from '../logs/note.ts'
import { newRequestId } from '../request-id.ts'
import { updateBranding } from '../tenants/branding.ts'
import { actFor } from '../tenants/tenants.ts'
import { requestsAt, tenantWithKey } from '../usage/requests-at.ts'
import { homeOf } from './home.ts'

const { now } = clock
const at = (moment: string) => {
  clock.now = () => Date.parse(moment)
}
// A Thursday.
beforeEach(() => at('2026-03-05T10:30:00Z'))
afterEach(() => {
  clock.now = now
})

const signsIn = (step: 'begin' | 'finish') => ({ operation: `passkeys.authenticate.${step}` }) as const

/** A tenant as its members see it. */
async function member() {
  const tenant = await tenantWithKey()
  const callerIn = async (environment: Environment): Promise<Caller> =>
    fullCaller((await actFor(tenant.tenant.id, environment)).tenant, environment, system)
  const home = async (range: Parameters<typeof homeOf>[1] = 'today', environment: Environment = 'test') => {
    const [test, live] = [await callerIn('test'), await callerIn('live')]
    const view = await homeOf(environment === 'test' ? test : live, range, (other) => (other === 'test' ? test : live))
    return homeView.strict().parse(view)
  }
  return { ...tenant, caller: tenant.callerOf('test'), home }
}

test('today stands beside last week until the same time: the hour under way counts by its share', async () => {
  const { caller, home } = await member()
  await requestsAt('2026-03-05T08:10:00Z', caller, { ...signsIn('begin'), requests: 9 })
  await requestsAt('2026-03-05T08:20:00Z', caller, { ...signsIn('finish'), requests: 6 })
  await requestsAt('2026-03-05T10:10:00Z', caller, {
    ...signsIn('finish'),
    requests: 2,
    outcome: 'verification_failed',
  })
  // Last week: whole before this hour, half of it in this one, nothing of what came later that day.
  await requestsAt('2026-02-26T09:00:00Z', caller, { ...signsIn('finish'), requests: 4 })
  await requestsAt('2026-02-26T10:55:00Z', caller, { ...signsIn('finish'), requests: 2 })
  await requestsAt('2026-02-26T15:00:00Z', caller, { ...signsIn('finish'), requests: 50 })
  // Another day, and yesterday, are not of it.
  await requestsAt('2026-03-04T08:00:00Z', caller, { ...signsIn('finish'), requests: 70 })
  const { step, times, before, begun, signIns, registrations } = await home()
  expect([step, times.length, times[0], before]).toEqual([
    ...['hour', 24, '2026-03-05T00:00:00.000Z'],
    '2026-02-26T00:00:00.000Z',
  ])
  expect(begun).toBe(true)
  expect(signIns).toMatchObject({ begun: 9, finished: 8, accepted: 6, abandoned: 1 })
  expect([signIns.ok[8], signIns.failed[10]]).toEqual([6, 2])
  expect(signIns.was).toMatchObject({ accepted: 5, finished: 5 })
  expect([signIns.was.ok[9], signIns.was.ok[15]]).toEqual([4, 50])
  expect(registrations).toMatchObject({ begun: 0, accepted: 0, was: { accepted: 0 } })
  // The other environment knows nothing of it.
  expect(await home('today', 'live')).toMatchObject({ begun: false, signIns: { accepted: 0, was: { accepted: 0 } } })
})

test('what was refused of one step hides no reason of another', async () => {
  const { caller, home } = await member()
  const refused = (operation: string, code: string) => ({
    ...{ id: newRequestId(), status: 400, milliseconds: 1, operation, call: 'POST /v1/x', askerId: 'k', address: null },
    ...{ userId: null, username: null, code, reason: code, detail: null, expected: null, actual: null },
  })
  const begins = Array.from({ length: 6 }, (_, at) => refused('passkeys.authenticate.begin', `begin_${at}`))
  for (const row of [...begins, ...begins, refused('passkeys.authenticate.finish', 'origin')])
    note(placeOf(caller), row)
  const { reasons } = await home()
  expect(reasons.map(({ code }) => code)).toEqual([
    ...begins.slice(0, 5).map(() => expect.stringMatching(/^begin_/)),
    'origin',
  ])
})

test('seven and thirty days are whole ones up to today, beside whole weeks before', async () => {
  const { caller, home } = await member()
  await requestsAt('2026-03-04T23:00:00Z', caller, { ...signsIn('finish'), requests: 7 })
  await requestsAt('2026-02-26T01:00:00Z', caller, { ...signsIn('finish'), requests: 3 })
  const week = await home('7d')
  expect([week.step, week.times.length, week.times[0]]).toEqual(['day', 7, '2026-02-27T00:00:00.000Z'])
  expect([week.signIns.accepted, week.signIns.was.ok[6]]).toEqual([7, 3])
  // Of today’s weekday, 10.5 of 24 hours.
  expect(week.signIns.was.accepted).toBe(1)
  expect((await home('30d')).signIns).toMatchObject({ accepted: 10, was: { accepted: 0 } })
})

test('the beginning ticks itself off by what is there', async () => {
  const { tenant, home } = await member()
  const done = async () => (await home()).steps.filter((one) => one.done).map(({ step }) => step)
  expect(await done()).toEqual(['key'])
  await updateBranding(tenant.id, system, { color: '#0a7a55' })
  const live = await actFor(tenant.id, 'live')
  await createClient(live, {
    name: 'Shop',
    type: 'public',
    redirectUris: ['https://shop.example/'],
    scopes: ['openid'],
  })
  expect(await done()).toEqual(['key', 'branding', 'client'])
})

test('a key that ends is told until its replacement is used, and one that nobody needs', async () => {
  const { tenant, home } = await member()
  const maker = await actFor(tenant.id, 'test')
  const wish = { type: 'test' as const, scopes: ['usage:read' as const] }
  const ends = await createKey(maker, { ...wish, name: 'Ends', expiresAt: '2026-03-10T00:00:00Z' })
  await createKey(maker, { ...wish, name: 'Lasts', expiresAt: '2026-06-10T00:00:00Z' })
  expect((await home()).alerts).toEqual([
    { kind: 'key_ends', id: ends.id, name: 'Ends', at: '2026-03-10T00:00:00.000Z', replaced: false },
  ])
  await rotateKey(maker, ends.id, { overlapSeconds: 3600 })
  // What replaces it ends when it was to end.
  expect((await home()).alerts).toMatchObject([
    { kind: 'key_ends', id: ends.id, replaced: true },
    { kind: 'key_ends', at: '2026-03-10T00:00:00.000Z', replaced: false },
  ])
  at('2026-03-25T10:30:00Z')
  expect((await home()).alerts.map((alert) => alert.kind === 'key_unused' && alert.name)).toContain('Lasts')
  // The alerts of one environment are not the other’s.
  expect((await home('today', 'live')).alerts.filter((alert) => 'name' in alert && alert.name === 'Lasts')).toEqual([])
})
