import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LogFilterInput } from '#lib/contract/logs.ts'
import type { Caller } from '../caller.ts'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { newRequestId } from '../request-id.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { logFigures } from './figures.ts'
import { latencyIn } from './latency.ts'
import { listLogs, readLog } from './logs.ts'
import { reasonsWritten } from './lot-reasons.ts'
import { reasonsIn } from './reasons.ts'
import { type LogRow, written } from './row.ts'
import { add } from './store.ts'

// A hundred thousand requests: every list, filter and figure, and that none of them keeps others from their turn.

const [all, lotSize] = [100_000, 200]
const { now } = clock
const began = now()
const every = 6 * 60 * 1000
const place = { tenantId: '', environment: 'test' as const }
let caller: Caller
let oldest = ''
let rare = ''

/** Request `number` of all: one in ten was refused, one in a thousand for its origin; one of all was about zoe. */
function rowOf(number: number, id: string): LogRow {
  const refused = number % 10 === 0
  const origin = number % 1_000 === 0
  const code = refused ? (origin ? 'verification_failed' : 'rate_limited') : null
  return {
    ...{ id, milliseconds: 1 + (number % 100), operation: number % 2 ? 'tenant.read' : 'usage.read' },
    ...{ call: 'GET /v1/tenant', status: refused ? 429 : 200, askerId: `key${number % 50}` },
    address: `203.0.113.${number % 250}`,
    ...(number === 77 ? { userId: 'usr_zoe', username: 'zoe' } : { userId: null, username: null }),
    ...{ code, reason: origin ? 'origin' : code, detail: null },
    ...{ expected: null, actual: origin ? 'https://app.acme.example' : null },
  }
}

beforeAll(async () => {
  place.tenantId = (await createTenant({ name: 'Busy', slug: 'busy' })).id
  caller = await actFor(place.tenantId, 'test')
  for (let from = 0; from < all; from += 10_000) {
    const lots = Array.from({ length: 10_000 / lotSize }, (_, lot) => {
      const first = from + lot * lotSize
      const at = began - every * ((all - first) / all) * 1000
      clock.now = () => Math.round(at)
      const rows = Array.from({ length: lotSize }, (_, row) => rowOf(first + row, newRequestId()))
      if (first === 0) oldest = rows[3]?.id ?? ''
      if (first === 0) rare = rows[77]?.id ?? ''
      const refused = rows.filter(({ code }) => code).length
      // Half of them are from before reasons stood beside the rows.
      const reasons = lot % 2 ? null : reasonsWritten(rows)
      return { ...place, began: clock.now(), at: clock.now(), requests: lotSize, refused, rows: written(rows), reasons }
    })
    await add(() => lots)
  }
  clock.now = now
}, 60_000)

afterAll(async () => {
  clock.now = now
  const db = await database()
  await db.logLot.deleteMany({ where: { tenantId: place.tenantId } })
  await db.logSize.deleteMany({ where: { tenantId: place.tenantId } })
})

/** How many turns others had while something was done. */
async function turnsDuring<Result>(act: () => Promise<Result>): Promise<{ result: Result; turns: number }> {
  let [turns, ended] = [0, false]
  const counting = (async () => {
    for (; !ended; turns++) await turn()
  })()
  const result = await act()
  ended = true
  await counting
  return { result, turns }
}

test.each<[name: string, filter: LogFilterInput, first: number]>([
  ['all', {}, 50],
  ['a status', { status: '429' }, 50],
  ['a class of statuses', { status: '4xx' }, 50],
  ['an operation', { operation: 'tenant.read' }, 50],
  ['a code', { code: 'rate_limited' }, 50],
  ['a reason', { reason: 'origin' }, 50],
  ['a key', { key: 'key7' }, 50],
  ['an address', { address: '203.0.113.7' }, 50],
  ['a time', { to: new Date(began - every * 500).toISOString() }, 50],
])('a page of %s is there, full, of requests that fit', async (_name, filter, first) => {
  const { result } = await turnsDuring(() => listLogs(caller, { limit: 50, ...filter }))
  expect(result.data).toHaveLength(first)
  expect(result.nextCursor).not.toBeNull()
  for (const row of result.data) {
    expect(row).toMatchObject({
      ...(filter.operation ? { operation: filter.operation } : {}),
      ...(filter.reason ? { reason: filter.reason } : {}),
      ...(filter.address ? { address: filter.address } : {}),
    })
  }
})

test('what is rare is looked for page by page, and others have their turn all the while', async () => {
  let cursor: string | undefined
  let pages = 0
  const found: string[] = []
  do {
    const { result, turns } = await turnsDuring(() => listLogs(caller, { user: 'zoe', cursor }))
    found.push(...result.data.map(({ requestId }) => requestId))
    cursor = result.nextCursor ?? undefined
    pages++
    // So that none of them passes more than some thousand requests.
    expect(turns).toBeGreaterThan(9)
  } while (cursor)
  expect(found).toEqual([rare])
  expect(pages).toBeLessThanOrEqual(3)
})

test('a request is found by its id among all, and goes when it is too old', async () => {
  expect(await readLog(caller, oldest)).toMatchObject({ requestId: oldest })
})

test('pages hold each request once, to the last', async () => {
  const ids = new Set<string>()
  let cursor: string | undefined
  const to = new Date(began - every * 985).toISOString()
  do {
    const page = await listLogs(caller, { limit: 100, to, cursor })
    for (const { requestId } of page.data) {
      expect(ids.has(requestId)).toBe(false)
      ids.add(requestId)
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(ids.size % lotSize).toBe(0)
  expect(ids.size).toBeGreaterThan(1_000)
})

test('figures are of all requests, also through a filter, and others have their turn', async () => {
  const from = new Date(began - every * 1001).toISOString()
  const { result: plain } = await turnsDuring(() => logFigures(caller, { from }))
  expect([plain.requests, plain.refused, plain.countedFrom]).toEqual([all, all / 10, null])
  const { result: ofKey, turns } = await turnsDuring(() => logFigures(caller, { from, key: 'key7' }))
  expect([ofKey.requests, ofKey.refused, ofKey.countedFrom]).toEqual([all / 50, 0, null])
  expect(turns).toBeGreaterThan(30)
})

test('reasons and latencies come from a part of it that is read in a moment', async () => {
  const range = { from: began - every * 1001, to: began + 1 }
  const { result: reasons, turns } = await turnsDuring(() => reasonsIn(place, range))
  expect(reasons.map(({ reason, operation, requests }) => [operation, reason, requests])).toEqual([
    ['usage.read', 'rate_limited', 9_900],
    ['usage.read', 'origin', 100],
  ])
  expect(reasons[1]?.example.actual).toBe('https://app.acme.example')
  expect(turns).toBeGreaterThan(30)
  const { result: latency } = await turnsDuring(() => latencyIn(place, 'tenant.read', range, 24))
  expect(latency).toMatchObject({ p50: 50, p95: 96, answers: 24 * 200 })
})
