import { afterEach, beforeEach, expect, test } from 'vitest'
import { damage } from '../../setup/damage.ts'
import { isOnPostgresql } from '../../setup/on-sqlite.ts'
import type { Place } from '../caller.ts'
import { clock, later } from '../clock.ts'
import { database } from '../db/database.ts'
import { createTenant } from '../tenants/tenants.ts'
import { move } from './ledger.ts'
import { release, releaseAllOverdue, releaseOverdue, reserve, settle } from './reservations.ts'
import { find, type Transaction, withAccount } from './store.ts'

const { now } = clock
let place: Place
let runs = 0

beforeEach(async () => {
  const slug = `t-${crypto.randomUUID().slice(0, 13)}`
  place = { tenantId: (await createTenant({ name: 'Shop', slug })).id, environment: 'live' }
  await withAccount(place, (tx, account) => move(tx, account, { type: 'top_up', amount: 100, sourceId: newRun() }))
})
afterEach(() => {
  clock.now = now
})

const newRun = () => `run_${crypto.randomUUID()}-${runs++}`
const within = async <Result>(act: (tx: Transaction) => Promise<Result>) => (await database()).$transaction(act)
const hold = (runId: string, amount: number, seconds = 60) =>
  within((tx) => reserve(tx, place, { amount, currency: 'USD', runId, until: later(seconds * 1000) }))
const settled = (runId: string) => within((tx) => settle(tx, place, runId))
const released = (runId: string) => within((tx) => release(tx, place, runId))

/** What the account has, and the types of its transactions in their order. */
async function kept() {
  const account = await find(place)
  const db = await database()
  const moves = await db.ledgerTransaction.findMany({ where: { ...place }, orderBy: { sequence: 'asc' } })
  return [account?.available, account?.reserved, moves.map(({ type }) => type).join(' ')]
}

test('money is held for a run, and charged or released, once', async () => {
  const [charged, failed] = [newRun(), newRun()]
  await hold(charged, 60)
  await hold(failed, 40)
  expect(await kept()).toEqual([0, 100, 'top_up reservation reservation'])
  expect([await settled(charged), await released(failed)]).toEqual([true, true])
  const end = [40, 0, 'top_up reservation reservation charge release']
  expect(await kept()).toEqual(end)
  for (const again of [settled(charged), released(charged), settled(failed), released(failed), settled(newRun())]) {
    expect(await again).toBe(false)
  }
  expect(await kept()).toEqual(end)
})

test('what the balance does not have is not held', async () => {
  await hold(newRun(), 41)
  const before = await kept()
  await expect(hold(newRun(), 60)).rejects.toMatchObject({
    code: 'insufficient_funds',
    status: 402,
    detail: 'This costs 0.60 USD, and the balance has 0.59 USD. Add funds, and try again.',
  })
  expect(await kept()).toEqual(before)
  await hold(newRun(), 59)
  expect(await kept()).toEqual([0, 100, 'top_up reservation reservation'])
})

test('of many at once, as many are held as the balance has', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => hold(newRun(), 30)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  expect(await kept()).toEqual([10, 90, 'top_up reservation reservation reservation'])
})

test('of several that end a run at once, one does', async () => {
  const runId = newRun()
  await hold(runId, 30)
  const ends = await Promise.all([settled(runId), released(runId), settled(runId), released(runId)])
  expect(ends.filter(Boolean)).toHaveLength(1)
  expect((await kept())[2]).toMatch(/^top_up reservation (?:charge|release)$/)
})

test('what nobody ends in time is released by whoever comes by, and a result that comes too late is not charged', async () => {
  const [late, inTime] = [newRun(), newRun()]
  await hold(late, 100, 60)
  const began = now()
  clock.now = () => began + 59_000
  await releaseOverdue(place)
  expect(await kept()).toEqual([0, 100, 'top_up reservation'])
  clock.now = () => began + 61_000
  await hold(inTime, 100)
  expect(await kept()).toEqual([0, 100, 'top_up reservation release reservation'])
  expect([await settled(late), await released(late)]).toEqual([false, false])
  expect(await settled(inTime)).toBe(true)
  expect(await kept()).toEqual([0, 0, 'top_up reservation release reservation charge'])
})

test('a result that comes after its time is not charged, though nobody came by since', async () => {
  const runId = newRun()
  await hold(runId, 100)
  const began = now()
  clock.now = () => began + 60_001
  expect(await settled(runId)).toBe(false)
  expect(await kept()).toEqual([100, 0, 'top_up reservation release'])
})

test('a sweep releases everybody’s, once', async () => {
  await hold(newRun(), 30)
  const began = now()
  clock.now = () => began + 61_000
  await Promise.all([releaseAllOverdue(), releaseAllOverdue(), releaseOverdue(place)])
  expect(await kept()).toEqual([100, 0, 'top_up reservation release'])
})

test('a hold that cannot be released holds up nobody else’s', async () => {
  const here = place
  const there = { ...here, tenantId: (await createTenant({ name: 'Other', slug: `o-${newRun().slice(4, 12)}` })).id }
  const [first, second] = [here, there].sort((one, other) => (one.tenantId < other.tenantId ? -1 : 1))
  await withAccount(there, (tx, account) => move(tx, account, { type: 'top_up', amount: 100, sourceId: newRun() }))
  for (const held of [here, there]) {
    place = held
    await hold(newRun(), 30)
  }
  const mend = await damage('Reservation', 'tenantId', first?.tenantId ?? '')
  const began = now()
  clock.now = () => began + 61_000
  await releaseAllOverdue()
  await mend()
  const reserved = async (of?: Place) => of && (await find(of))?.reserved
  expect([await reserved(first), await reserved(second)]).toEqual([30, 0])
  await releaseAllOverdue()
  expect(await reserved(first)).toBe(0)
})

test('a transaction that is given up leaves nothing held', async () => {
  const runId = newRun()
  const before = await kept()
  const given = within(async (tx) => {
    await reserve(tx, place, { amount: 30, currency: 'USD', runId, until: later(60_000) })
    throw new Error('given up')
  })
  await expect(given).rejects.toThrow('given up')
  expect(await kept()).toEqual(before)
})

test('another tenant’s run, and the same tenant’s in the other environment, are not there', async () => {
  const runId = newRun()
  await hold(runId, 30)
  const before = await kept()
  for (const other of [
    { ...place, environment: 'test' as const },
    { ...place, tenantId: (await createTenant({ name: 'Other', slug: `o-${crypto.randomUUID().slice(0, 8)}` })).id },
  ]) {
    expect(await within((tx) => settle(tx, other, runId))).toBe(false)
    expect(await within((tx) => release(tx, other, runId))).toBe(false)
  }
  expect(await kept()).toEqual(before)
})

/** Another way to change a row, which SQLite alone has. */
const replacing = ['LedgerTransaction', 'LedgerEntry'].map(
  (table) => `INSERT OR REPLACE INTO "${table}" SELECT * FROM "${table}"`,
)

test.each([
  'UPDATE "LedgerTransaction" SET "amount" = "amount" + 1',
  'DELETE FROM "LedgerTransaction"',
  'UPDATE "LedgerEntry" SET "amount" = "amount" + 1',
  'DELETE FROM "LedgerEntry"',
  `INSERT INTO "LedgerEntry" SELECT "transactionId", 'more', "amount" FROM "LedgerEntry"`,
  'UPDATE "Account" SET "available" = -1',
  ...(isOnPostgresql ? [] : replacing),
  `INSERT INTO "Reservation" SELECT 'run_free', "tenantId", "environment", 0, 'open', '2026-01-01', '2026-01-01' FROM "Account"`,
])('the database refuses: %s', async (sql) => {
  const db = await database()
  const all = () => Promise.all([db.ledgerTransaction.findMany(), db.ledgerEntry.findMany(), db.account.findMany()])
  const before = await all()
  await expect(db.$executeRawUnsafe(sql)).rejects.toThrow(/only grows|sum to zero|check constraint/i)
  expect(await all()).toEqual(before)
})

test('a transaction whose entries do not sum to zero is refused', async () => {
  const db = await database()
  const [one] = await db.ledgerTransaction.findMany({ where: { ...place } })
  const added = db.$transaction(async (tx) => {
    const transaction = { ...one, id: newRun(), sourceId: newRun(), sequence: 2n } as NonNullable<typeof one>
    await tx.ledgerTransaction.create({ data: transaction })
    await tx.ledgerEntry.create({ data: { transactionId: transaction.id, account: 'available', amount: 100 } })
    await tx.$executeRaw`INSERT INTO "LedgerEntry" VALUES (${transaction.id}, 'funding', -99)`
  })
  await expect(added).rejects.toThrow('sum to zero')
  expect(await kept()).toEqual([100, 0, 'top_up'])
})
