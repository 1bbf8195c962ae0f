import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { env } from '#lib/server/env.ts'
import { fill, type Size } from '../../setup/seed/fill.ts'
import { openSink } from '../../setup/seed/sink.ts'
import { turnsOf } from '../../setup/turns-of.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { sweepLogs } from '../logs/sweep.ts'
import { sweep as sweepOAuth } from '../oauth/store.ts'
import * as ceremonies from '../passkeys/ceremonies/store.ts'
import { sweepRuns } from '../skills/runs/keeping.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { sweepNowAndThen } from '../webhooks/sending/sweep.ts'
import { closeDatabase, database } from './database.ts'

// On PostgreSQL, too.

const day = 24 * 3_600_000
const many = 1_200
/** No commit takes more of anything, so that none holds up for long what is asked meanwhile. */
const atOnce = 200

const hour = 3_600_000
const { now } = clock
/** By the clock of a process that is an hour ahead: what is good for the others stays. */
const anHourAhead = (run: () => Promise<void>) => {
  clock.now = () => now() + hour
  return turnsOf(run)
}
let caller: Caller
let place: { tenantId: string; environment: string }
beforeAll(async () => {
  caller = await actFor(
    (await createTenant({ name: 'Kept', slug: `k-${crypto.randomUUID().slice(0, 13)}` })).id,
    'live',
  )
  place = { tenantId: caller.tenant.id, environment: 'live' }
})
afterEach(() => {
  clock.now = now
})
afterAll(closeDatabase)

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number)

test('of many ceremonies those that are over by every clock go, some at a time, and the others stay', async () => {
  const db = await database()
  const of = (name: string, expiresAt: Date) => (number: number) => ({
    ...{ ...place, id: `cer_${name}${number}`, kind: 'registration', options: '{}', userId: 'usr_1', expiresAt },
  })
  await db.ceremony.createMany({ data: numbers(many).map(of('old', new Date(clock.now() - 1))) })
  await db.ceremony.createMany({ data: numbers(10).map(of('new', new Date(clock.now() + 60_000))) })
  expect(await anHourAhead(ceremonies.removeExpired)).toBeGreaterThanOrEqual(many / atOnce)
  expect(await db.ceremony.count({ where: { tenantId: place.tenantId } })).toBe(10)
})

test('of many sessions, codes and tokens of apps those that are over by every clock go, some at a time', async () => {
  const db = await database()
  const of = (name: string, expiresAt: Date) => (number: number) => ({
    ...{ id: `${name}${number} ${place.tenantId}`, kind: 'Session', payload: '{}', expiresAt },
  })
  await db.oAuthRecord.createMany({ data: numbers(many).map(of('old', new Date(clock.now() - 1_000))) })
  await db.oAuthRecord.createMany({ data: numbers(10).map(of('new', new Date(clock.now() + 60_000))) })
  expect(await anHourAhead(sweepOAuth)).toBeGreaterThanOrEqual(many / atOnce)
  const left = await db.oAuthRecord.findMany({ where: { id: { endsWith: place.tenantId } }, select: { id: true } })
  expect(left.every(({ id }) => id.startsWith('new'))).toBe(true)
  expect(left.length).toBe(10)
})

test('of many runs of skills those go that are older than a month, some at a time', async () => {
  const db = await database()
  const said = { skillId: 'work', skillVersion: '1', status: 'succeeded', inputBytes: 1, inputHash: '', amount: 0 }
  const actor = { actorType: 'key', actorId: 'key', actorName: 'backend' }
  const of = (name: string, startedAt: Date) => (number: number) => ({
    ...{ ...place, ...said, ...actor, id: `run_${name}${number}`, startedAt, until: startedAt },
  })
  await db.skillRun.createMany({ data: numbers(many).map(of('old', new Date(clock.now() - 31 * day))) })
  await db.skillRun.createMany({ data: numbers(10).map(of('new', new Date(clock.now() - 29 * day))) })
  expect(await turnsOf(sweepRuns)).toBeGreaterThanOrEqual(many / atOnce)
  expect(await db.skillRun.count({ where: { tenantId: place.tenantId } })).toBe(10)
})

test('of many requests in the log those go that are older than they are kept, some lots at a time', async () => {
  // Nobody else uses what is filled.
  await closeDatabase()
  const sink = await openSink(env().database)
  const none = { events: 0, deliveries: 0, runs: 0, mpcKeys: 0, days: 0 }
  const size: Size = { users: 1, passkeys: 1, keys: 1, busy: 1, logRows: 100_000, ...none }
  await fill(sink, caller.tenant.id, size, () => undefined)
  await sink.close()
  const db = await database()
  const later = clock.now() + 6 * day
  clock.now = () => later
  const lots = await db.logLot.count({ where: place })
  expect(await turnsOf(sweepLogs)).toBeGreaterThanOrEqual(lots / 100)
  const left = await db.logLot.count({ where: place })
  expect([left > 0, left < lots / 2]).toEqual([true, true])
  expect(await db.logLot.count({ where: { ...place, at: { lt: later - 8 * day } } })).toBe(0)
})

test('of many events for webhooks those go that are older than a month, with all that came of them, some at a time', async () => {
  const db = await database()
  const endpoint = {
    ...{
      ...place,
      id: `we_${place.tenantId}`,
      url: 'https://acme.example/',
      events: ' ',
      description: '',
      enabled: false,
    },
    ...{
      secret: '',
      secretHint: '',
      publicKey: '',
      privateKey: '',
      createdBy: 'key',
      createdAt: new Date(clock.now()),
    },
  }
  await db.webhookEndpoint.create({ data: endpoint })
  const eventOf = (name: string, createdAt: Date) => (number: number) => ({
    ...{ ...place, id: `evt_${name}${number}`, type: 'user.deleted', payload: '{}', createdAt },
  })
  const events = [
    ...numbers(many).map(eventOf('old', new Date(clock.now() - 31 * day))),
    ...numbers(10).map(eventOf('new', new Date(clock.now() - 29 * day))),
  ]
  await db.webhookEvent.createMany({ data: events })
  await db.webhookDelivery.createMany({
    data: events.map(({ id, createdAt }) => ({
      ...{ ...place, id: `dlv_${id}`, eventId: id, endpointId: endpoint.id, status: 'delivered', attempts: 1 },
      ...{ scheduledAt: createdAt, createdAt },
    })),
  })
  let swept = clock.now()
  clock.now = () => swept
  let turns = 0
  // What one time leaves goes the next.
  for (let times = 0; times < 5; times++, swept += 700_000) turns += await turnsOf(() => sweepNowAndThen())
  expect(turns).toBeGreaterThanOrEqual(many / atOnce)
  expect(await db.webhookEvent.count({ where: { tenantId: place.tenantId } })).toBe(10)
  expect(await db.webhookDelivery.count({ where: { tenantId: place.tenantId } })).toBe(10)
})
