import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setImmediate as otherWork, setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogFilterInput } from '#lib/contract/logs.ts'
import { isolated } from '../../../setup/isolated.ts'
import { runScript } from '../../../setup/run-script.ts'
import { turnsOf } from '../../../setup/turns-of.ts'
import type { Caller, Place } from '../../caller.ts'
import { clock } from '../../clock.ts'
import { database } from '../../db/database.ts'
import { env } from '../../env.ts'
import { newSortedId } from '../../ids.ts'
import { newRequestId } from '../../request-id.ts'
import { actFor, createTenant } from '../../tenants/tenants.ts'
import { logFigures } from '../figures.ts'
import { listLogs } from '../logs.ts'
import { reasonsWritten } from '../lot-reasons.ts'
import { type LogRow, written } from '../row.ts'
import { add, type LotKey, lotsBefore, removeOldest } from '../store.ts'
import { indexLogs } from './index-logs.ts'
import { mergeSegments } from './merge-segments.ts'
import * as store from './store.ts'

// On PostgreSQL, too.

const { now } = clock
const begun = now()
const second = 1_000
let place: Place
let caller: Caller

beforeEach(async () => {
  const slug = `t-${randomUUID().slice(0, 13)}`
  place = { tenantId: (await createTenant({ name: slug, slug })).id, environment: 'live' }
  caller = await actFor(place.tenantId, 'live')
})
afterEach(() => {
  clock.now = now
})

const plain = { status: 200, milliseconds: 1, operation: 'tenant.read', call: 'GET /v1/tenant', askerId: 'key' }
const nothing = { userId: null, username: null, code: null, reason: null, detail: null, expected: null, actual: null }

type Told = Partial<LogRow>

/** Adds lots of a place that ended at some moments, each with what its requests are to be; the requests' ids. */
async function addLots(lots: { at: number; rows: Told[] }[], to = place): Promise<string[]> {
  const all = lots.map(({ at, rows: told }) => {
    clock.now = () => at - 5
    const rows = told.map((one) => ({ ...plain, address: null, ...nothing, ...one, id: newRequestId() }))
    clock.now = now
    const refused = rows.filter(({ status }) => status >= 400).length
    const lot = { ...to, began: at - 5, at, requests: rows.length, refused, rows: written(rows) }
    return { ids: rows.map(({ id }) => id), lot: { ...lot, reasons: reasonsWritten(rows) } }
  })
  await add(() => all.map(({ lot }) => lot))
  return all.flatMap(({ ids }) => ids)
}

/** So many lots of two requests each, a second apart up to a moment, of which those of some numbers have one more. */
function lotsUpTo(end: number, count: number, more: Record<number, Told> = {}) {
  return Array.from({ length: count }, (_, number) => {
    const told = more[number]
    const usual = [{ username: `other-${number}`, address: '203.0.113.1' }, { askerId: 'cli_other' }]
    return { at: end - (count - 1 - number) * second, rows: [...usual, ...(told ? [told] : [])] }
  })
}

/** The ids of all that fit a filter, page by page, and how many pages that were. */
async function found(query: LogFilterInput, limit = 50, between: () => Promise<unknown> = async () => undefined) {
  const ids: string[] = []
  let [pages, cursor]: [number, string | undefined] = [0, undefined]
  do {
    const page = await listLogs(caller, { ...query, limit, cursor })
    ids.push(...page.data.map(({ requestId }) => requestId))
    cursor = page.nextCursor ?? undefined
    pages++
    if (cursor) await between()
  } while (cursor)
  return { ids, pages }
}

const idsOf = async (query: LogFilterInput) => (await found(query)).ids

async function segments(of = place) {
  return (await database()).logSegment.findMany({ where: { ...of }, orderBy: [{ last: 'asc' }, { id: 'asc' }] })
}
const blocks = async () => (await database()).logBlock.count({ where: { tenantId: place.tenantId } })
const unindexed = async (of = place) => (await database()).logLot.count({ where: { ...of, indexed: false } })

test('a request is found by its address, by who asked and by its user, also beside each other, and nothing else is', async () => {
  const db = await database()
  const user = { id: `usr_${randomUUID().slice(0, 13)}`, username: 'ada', displayName: 'Ada' }
  await db.user.create({ data: { ...user, ...place } })
  const wanted = { 5: { address: '198.51.100.7' }, 20: { askerId: 'rarekey' }, 40: { askerId: 'cli_rare' } }
  const users = {
    50: { userId: user.id },
    60: { username: 'ada', askerId: 'rarekey' },
    63: { username: '198.51.100.7' },
  }
  const ids = await addLots(lotsUpTo(begun - second, 64, { ...wanted, ...users }))
  const at = (number: number) => {
    const before = [...Object.keys({ ...wanted, ...users })].filter((one) => Number(one) < number).length
    return ids[number * 2 + before + 2]
  }
  const ask = async () => ({
    address: await idsOf({ address: '198.51.100.7' }),
    key: await idsOf({ key: 'rarekey' }),
    client: await idsOf({ client: 'cli_rare' }),
    byName: await idsOf({ user: 'ada' }),
    byId: await idsOf({ user: user.id }),
    named: await idsOf({ user: '198.51.100.7' }),
    both: await idsOf({ user: 'ada', key: 'rarekey' }),
    neither: await idsOf({ user: 'ada', client: 'cli_rare' }),
    nobody: await idsOf({ user: 'nobody' }),
    refused: await idsOf({ user: 'ada', status: '4xx' }),
    often: (await idsOf({ client: 'cli_other' })).length,
  })
  const looked = await ask()
  expect(looked).toEqual({
    ...{ address: [at(5)], key: [at(60), at(20)], client: [at(40)], byName: [at(60), at(50)], byId: [at(60), at(50)] },
    ...{ named: [at(63)], both: [at(60)], neither: [], nobody: [], refused: [], often: 64 },
  })
  await indexLogs()
  expect([await unindexed(), (await segments()).length]).toEqual([0, 2])
  expect(await ask()).toEqual(looked)
  // What a segment leads to is what is found: without it nothing is.
  await db.logBlock.deleteMany({ where: { tenantId: place.tenantId } })
  expect(await ask()).toMatchObject({ address: [], key: [], byName: [], often: 0 })
})

test('a few lots need no segment, and those of other places are in their own', async () => {
  const other = { ...place, environment: 'test' as const }
  await addLots(lotsUpTo(begun, 31, { 3: { username: 'ada' } }))
  await addLots(lotsUpTo(begun, 32, { 7: { username: 'ada' } }), other)
  await indexLogs()
  expect([await unindexed(), await segments()]).toEqual([31, []])
  expect([await unindexed(other), (await segments(other)).length]).toEqual([0, 1])
  expect(await idsOf({ user: 'ada' })).toHaveLength(1)
  caller = await actFor(place.tenantId, 'test')
  expect(await idsOf({ user: 'ada' })).toHaveLength(1)
})

test('of many small segments a few large ones are made, in which all is found, in its order, each once', async () => {
  const more = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [at * 9, { username: 'ada', address: '::1' }]))
  await addLots(lotsUpTo(begun, 600, more))
  const looked = await found({ user: 'ada' }, 7)
  expect(looked.ids).toHaveLength(60)
  await indexLogs()
  const made = await segments()
  expect(made.every(({ state }) => state === 'searched')).toBe(true)
  expect(made.map(({ lots }) => lots)).toEqual([256, 256, 32, 32])
  expect(await unindexed()).toBe(24)
  expect(await found({ user: 'ada' }, 7)).toEqual(looked)
  expect(await found({ address: '::1', user: 'ada' }, 7)).toEqual(looked)
  const figures = await logFigures(caller, { user: 'ada' })
  expect([figures.requests, figures.countedFrom]).toEqual([60, null])
  const [first = 0] = [begun - 400 * second]
  const range = { from: new Date(first).toISOString(), to: new Date(begun - 100 * second).toISOString() }
  expect(await idsOf({ user: 'ada', ...range })).toEqual(
    looked.ids.filter((id) => {
      const at = Number.parseInt(id.replace('-', '').slice(0, 12), 16)
      return at >= first && at < begun - 100 * second
    }),
  )
})

test('pages go on where they ended, each request once, whatever is indexed, joined or comes late between them', async () => {
  const more = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [at * 10, { username: 'ada' }]))
  await addLots(lotsUpTo(begun, 500, more))
  const all = await idsOf({ user: 'ada' })
  const late: string[] = []
  const steps = [
    () => indexLogs(1),
    // Behind the page that is read, and before it.
    async () => late.push(...(await addLots(lotsUpTo(begun - 480 * second, 40, { 20: { username: 'ada' } })))),
    async () => addLots(lotsUpTo(begun + second, 40, { 20: { username: 'ada' } })),
    () => indexLogs(),
    () => mergeSegments(place),
    () => indexLogs(),
  ]
  const { ids, pages } = await found({ user: 'ada' }, 5, async () => steps.shift()?.())
  expect([pages > 8, steps]).toEqual([true, []])
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !late.includes(id))).toEqual(all)
  expect(ids.filter((id) => late.includes(id))).toEqual([late[42]])
  expect(await idsOf({ user: 'ada' })).toHaveLength(52)
})

test('lots that come late, of a time that is indexed long since, stand where they belong, and are indexed too', async () => {
  await addLots(lotsUpTo(begun, 64, { 10: { username: 'ada' }, 30: { username: 'ada' }, 50: { username: 'ada' } }))
  await indexLogs()
  const before = await idsOf({ user: 'ada' })
  const [, , late = ''] = await addLots([
    { at: begun - 40 * second - 1, rows: [{}, {}, { username: 'ada' }] },
    ...lotsUpTo(begun - 20 * second - 500, 31),
  ])
  const [last = '', middle = '', first = ''] = before
  expect(await idsOf({ user: 'ada' })).toEqual([last, middle, late, first])
  await indexLogs()
  expect([await unindexed(), (await segments()).length]).toEqual([0, 3])
  expect(await idsOf({ user: 'ada' })).toEqual([last, middle, late, first])
})

test('lots that ended in one millisecond are all found, more than are read at once', async () => {
  const at = begun - second
  await addLots(Array.from({ length: 64 }, () => ({ at, rows: [{ username: 'ada' }] })))
  const looked = await found({ user: 'ada' }, 7)
  expect(looked.ids).toHaveLength(64)
  await indexLogs()
  expect(await unindexed()).toBe(0)
  expect(await found({ user: 'ada' }, 7)).toEqual(looked)
})

test('a segment goes with the last of its lots, and its blocks with it; until then nothing of it is missed', async () => {
  await addLots(lotsUpTo(begun - 100 * second, 32, { 3: { username: 'ada' }, 30: { username: 'ada' } }))
  await addLots(lotsUpTo(begun, 32, { 3: { username: 'ada' } }))
  await indexLogs()
  expect((await segments()).length).toBe(2)
  await removeOldest(place, begun - 110 * second, 200)
  await indexLogs()
  expect([(await segments()).length, (await idsOf({ user: 'ada' })).length]).toEqual([2, 2])
  await removeOldest(place, begun - 99 * second, 200)
  expect((await segments()).map(({ state }) => state)).toEqual(['going', 'searched'])
  expect(await idsOf({ user: 'ada' })).toHaveLength(1)
  await indexLogs()
  expect([(await segments()).length, await blocks()]).toEqual([1, 1])
  // All of a place, and what led to it.
  await removeOldest(place, Number.MAX_SAFE_INTEGER, 200)
  await indexLogs()
  expect([await segments(), await blocks()]).toEqual([[], 0])
})

test('a segment is searched whole, with all of its lots marked, or not at all', async () => {
  await addLots(lotsUpTo(begun, 64, { 9: { username: 'ada' } }))
  const those = await store.oldestUnindexed(place, 64)
  const range = [those[0] as LotKey, those[63] as LotKey] as const
  const block = { part: 0, moments: Uint8Array.of(1) }
  const begin = async (lots: number) => {
    const segment = { id: newSortedId(), first: range[0].at, last: range[1].at, lots, pairs: 1, parts: 1 }
    await store.begin(place, segment, [block])
    return segment
  }
  const searched = async () => (await segments()).filter(({ state }) => state === 'searched').map(({ id }) => id)
  // As where one was let go, or came, since they were read.
  for (const lots of [63, 65]) expect(await store.searchFirst(place, await begin(lots), range)).toBe(false)
  // As where the process dies before its last commit.
  await begin(64)
  expect([await unindexed(), await searched(), (await idsOf({ user: 'ada' })).length]).toEqual([64, [], 1])
  const segment = await begin(64)
  expect(await store.searchFirst(place, segment, range)).toBe(true)
  expect(await store.searchFirst(place, await begin(64), range)).toBe(false)
  expect([await unindexed(), await searched()]).toEqual([0, [segment.id]])
  // What was not searched goes.
  await indexLogs()
  expect([(await segments()).map(({ id }) => id), await blocks()]).toEqual([[segment.id], 1])
})

test('what a process that died in the middle left is searched by nobody, and goes; what it was made of stays until the end', async () => {
  await addLots(lotsUpTo(begun, 32, { 9: { username: 'ada' } }))
  await indexLogs()
  const [old] = await segments()
  const half = { id: newSortedId(), first: 0, last: Number(old?.last), lots: 64, pairs: 1, parts: 1 }
  await store.begin(place, half)
  await store.addBlocks(place, half.id, [{ part: 0, moments: Uint8Array.of(1) }])
  expect(await idsOf({ user: 'ada' })).toHaveLength(1)
  await indexLogs()
  expect((await segments()).map(({ id }) => id)).toEqual([old?.id])
  // Whoever was at it still can neither go on nor end it.
  await expect(store.addBlocks(place, half.id, [{ part: 1, moments: Uint8Array.of(1) }])).rejects.toThrow()
  expect(await store.replace(place, half.id, [old?.id ?? ''])).toBe(false)
  expect((await segments()).map(({ id, state }) => [id, state])).toEqual([[old?.id, 'searched']])
  // One that was given up, and has not gone yet.
  await store.begin(place, { ...half, id: 'other' })
  await store.giveUp({ ...place, id: 'other' })
  expect(await store.replace(place, 'other', [old?.id ?? ''])).toBe(false)
  // And one that is whole takes their place, once.
  await store.begin(place, { ...half, id: 'whole' })
  expect(await store.replace(place, 'whole', [old?.id ?? ''])).toBe(true)
  expect(await store.replace(place, 'whole', [old?.id ?? ''])).toBe(false)
})

test('whoever indexes at once, in one process or in two, nothing is indexed twice, or left out', async () => {
  await addLots(lotsUpTo(begun, 640, { 9: { username: 'ada' }, 600: { username: 'ada' } }))
  const settings = isolated(env().dataDir)
  const other = () => runScript('lib/setup/index-logs.ts', [], settings)
  await Promise.allSettled([indexLogs(), indexLogs(), other(), other()])
  expect(await idsOf({ user: 'ada' })).toHaveLength(2)
  expect(await other()).toMatchObject({ code: 0, stderr: '' })
  const made = await segments()
  expect(made.reduce((sum, { lots }) => sum + lots, 0)).toBe(640)
  expect(made.every(({ state }) => state === 'searched')).toBe(true)
  expect(await unindexed()).toBe(0)
  expect(await idsOf({ user: 'ada' })).toHaveLength(2)
})

test('a process that is killed while it indexes leaves nothing half done, and the next one does the rest', async () => {
  await addLots(lotsUpTo(begun, 640, { 9: { username: 'ada' }, 600: { username: 'ada' } }))
  for (const milliseconds of [20, 60, 150]) {
    const child = spawn(process.execPath, ['lib/setup/index-logs.ts'], {
      env: { ...process.env, ...isolated(env().dataDir) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    // It says that it begins.
    await once(child.stdout, 'data')
    await setTimeout(milliseconds)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const made = (await segments()).filter(({ state }) => state === 'searched')
    expect(made.reduce((sum, { lots }) => sum + lots, 0)).toBe(640 - (await unindexed()))
    expect(await idsOf({ user: 'ada' })).toHaveLength(2)
  }
  await indexLogs()
  expect([await unindexed(), await idsOf({ user: 'ada' })]).toEqual([0, expect.objectContaining({ length: 2 })])
  expect((await segments()).every(({ state }) => state === 'searched')).toBe(true)
})

test('what is looked for while segments are made and joined is found each time, and others have their turn', async () => {
  await addLots(lotsUpTo(begun, 320, { 9: { username: 'ada' }, 160: { username: 'ada' }, 319: { username: 'ada' } }))
  let [over, times] = [false, 0]
  const searching = (async () => {
    for (; !over; times++, await otherWork()) expect(await idsOf({ user: 'ada' })).toHaveLength(3)
  })()
  const turns = await turnsOf(() => indexLogs())
  over = true
  await searching
  expect(turns).toBeGreaterThan(80)
  expect(times).toBeGreaterThan(2)
})

test('a demo key is led to what came from its own address, and to nothing else', async () => {
  await addLots(
    lotsUpTo(begun, 64, { 3: { address: '198.51.100.7' }, 9: { address: '198.51.100.8', username: 'ada' } }),
  )
  const of = (address: string | null) => {
    const demo = {
      ...caller,
      key: { id: 'demo', demo: true },
      actor: { ...caller.actor, address },
    } as unknown as Caller
    return async (query: LogFilterInput) => (await listLogs(demo, query)).data.map((row) => row.address)
  }
  for (const _ of ['looked through', 'indexed']) {
    expect(await of('198.51.100.7')({})).toEqual(['198.51.100.7'])
    expect(await of('198.51.100.7')({ address: '198.51.100.8' })).toEqual([])
    expect(await of('198.51.100.7')({ user: 'ada' })).toEqual([])
    expect(await of('198.51.100.8')({ user: 'ada' })).toEqual(['198.51.100.8'])
    expect(await of(null)({})).toEqual([])
    await indexLogs()
  }
  expect(await unindexed()).toBe(0)
})

test('lots of a version that knew of no segments are read as ever, and indexed', async () => {
  await addLots(lotsUpTo(begun, 32, { 3: { username: 'ada' } }))
  const range = { from: 0, to: begun + second, refused: false, texts: [] }
  const before = { at: begun + second, id: 'z' }
  expect(await lotsBefore(place, range, before, { lots: 100, requests: 1_000 }, 'not indexed')).toHaveLength(32)
  await indexLogs()
  expect(await lotsBefore(place, range, before, { lots: 100, requests: 1_000 }, 'not indexed')).toEqual([])
  expect(await lotsBefore(place, range, before, { lots: 100, requests: 1_000 })).toHaveLength(32)
})
