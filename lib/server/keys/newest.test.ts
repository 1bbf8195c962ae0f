import { afterEach, expect, test } from 'vitest'
import { clock } from '../clock.ts'
import { database } from '../db/database.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { revokeKey } from './keys.ts'
import { createKey, rotateKey } from './make-key.ts'
import { dueKeys, endedKeys, keysOf, newestKeys } from './newest.ts'

// On PostgreSQL, too.

const dayMilliseconds = 24 * 3_600_000
const { now } = clock
afterEach(() => {
  clock.now = now
})

async function place() {
  const slug = `k-${crypto.randomUUID().slice(0, 13)}`
  const caller = await actFor((await createTenant({ name: 'Acme', slug })).id, 'live')
  /** Makes a key so many days ago, which may end so many days from now. */
  const make = async (name: string, daysAgo: number, ends?: number) => {
    const at = now()
    clock.now = () => at - daysAgo * dayMilliseconds
    const expiresAt = ends === undefined ? {} : { expiresAt: new Date(at + ends * dayMilliseconds).toISOString() }
    const key = await createKey(caller, { type: 'live', name, scopes: ['usage:read'], ...expiresAt })
    clock.now = now
    return key.id
  }
  return { caller, make }
}

test('keys that work are listed newest first, each once, however many pages there are', async () => {
  const { caller, make } = await place()
  const other = await place()
  await other.make('Elsewhere', 1)
  for (let at = 0; at < 7; at++) await make(`Key ${at}`, at, at % 2 ? 30 : undefined)
  await make('Expired', 20, -1)
  await revokeKey(caller, await make('Revoked', 0.5))
  const names: string[] = []
  let cursor: string | undefined
  do {
    const page = await newestKeys(caller, 3, cursor)
    expect(page.data.length).toBeLessThanOrEqual(3)
    names.push(...page.data.map(({ name }) => name))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(names).toEqual(Array.from({ length: 7 }, (_, at) => `Key ${at}`))
})

test('of keys that work no more the newest are told of, revoked and expired ones', async () => {
  const { caller, make } = await place()
  await make('Works', 1)
  for (const days of [9, 7, 5]) await revokeKey(caller, await make(`Revoked ${days}`, days))
  for (const days of [8, 6]) await make(`Expired ${days}`, days, -1)
  const names = async (most: number) => (await endedKeys(caller, most)).map(({ name }) => name)
  expect(await names(10)).toEqual(['Revoked 5', 'Expired 6', 'Revoked 7', 'Expired 8', 'Revoked 9'])
  expect(await names(2)).toEqual(['Revoked 5', 'Expired 6'])
})

test('keys are due for rotation from 90 days on, the oldest first, unless they ended or are being replaced', async () => {
  const { caller, make } = await place()
  const due = async (most = 10) => (await dueKeys(caller, most)).map(({ name }) => name)
  await make('Young', 89)
  await make('Old', 91)
  await make('Older, and ends', 95, 5)
  await make('Expired', 99, -1)
  const replaced = await make('Replaced', 96)
  const successor = await rotateKey(caller, replaced)
  await revokeKey(caller, await make('Revoked', 97))
  expect(await due()).toEqual(['Older, and ends', 'Old'])
  expect(await due(1)).toEqual(['Older, and ends'])
  await revokeKey(caller, successor.id)
  expect(await due()).toEqual(['Replaced', 'Older, and ends', 'Old'])
})

test('keys are found by their ids in their own place alone', async () => {
  const [{ caller, make }, other] = [await place(), await place()]
  const [works, revoked, elsewhere] = [
    await make('Works', 1),
    await make('Revoked', 2),
    await other.make('Not here', 1),
  ]
  await revokeKey(caller, revoked)
  const found = await keysOf(caller, [works, revoked, elsewhere, 'none'])
  expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['Works', 'Revoked']))
  expect(await (await database()).apiKey.count({ where: { id: elsewhere } })).toBe(1)
})
