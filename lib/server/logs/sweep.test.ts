import { afterEach, expect, test } from 'vitest'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { newRequestId } from '../request-id.ts'
import { createTenant } from '../tenants/tenants.ts'
import { flushLogs, note } from './note.ts'
import { sweepLogs } from './sweep.ts'

process.env.LOG_MAX_ROWS = '1000'
process.env.LOG_RETENTION_DAYS = '7'

const { now } = clock
const day = 24 * 3_600_000
const begun = now()
afterEach(() => {
  clock.now = now
})

async function newPlace(slug: string): Promise<Place> {
  return { tenantId: (await createTenant({ name: slug, slug })).id, environment: 'live' }
}

/** So many requests of a place at a moment. */
async function requestsAt(moment: number, place: Place, requests: number): Promise<void> {
  clock.now = () => moment
  for (let number = 0; number < requests; number++) {
    const nothing = {
      userId: null,
      username: null,
      code: null,
      reason: null,
      detail: null,
      expected: null,
      actual: null,
    }
    const asked = { operation: 'tenant.read', call: 'GET /v1/tenant', status: 200, milliseconds: 1, askerId: 'key' }
    note(place, { id: newRequestId(), ...asked, address: null, ...nothing })
  }
  await flushLogs()
}

/** How many requests a place has: as they stand there, and as they are counted. */
async function kept({ tenantId }: Place): Promise<[number, number]> {
  const db = await database()
  const { _sum } = await db.logLot.aggregate({ where: { tenantId }, _sum: { requests: true } })
  const size = await db.logSize.findFirst({ where: { tenantId } })
  return [_sum.requests ?? 0, Number(size?.requests ?? 0)]
}

let turn = begun
/** Sweeps as a minute later. */
async function sweep(): Promise<void> {
  turn += 61_000
  clock.now = () => turn
  await sweepLogs()
}

test('requests go once they are older than they are kept, and no others', async () => {
  const place = await newPlace('aged')
  await requestsAt(begun - 8 * day, place, 250)
  await requestsAt(begun - 6 * day, place, 30)
  expect(await kept(place)).toEqual([280, 280])
  await sweep()
  expect(await kept(place)).toEqual([30, 30])
})

test('of too many the oldest go, of whoever has most: a busy tenant pushes out nobody else’s', async () => {
  const [busy, quiet] = [await newPlace('busy'), await newPlace('quiet')]
  await requestsAt(begun - 5 * day, quiet, 10)
  await requestsAt(begun - 2 * day, busy, 600)
  await requestsAt(begun - day, busy, 800)
  await sweep()
  expect(await kept(quiet)).toEqual([10, 10])
  const [left, counted] = await kept(busy)
  expect(counted).toBe(left)
  expect(left).toBeLessThan(1_000)
  expect(left).toBeGreaterThanOrEqual(600)
  const oldest = await (await database()).logLot.findFirst({ where: busy, orderBy: { at: 'asc' } })
  expect(Number(oldest?.at)).toBe(begun - day)
})
