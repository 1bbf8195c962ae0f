import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { move } from './account/ledger.ts'
import { withAccount } from './account/store.ts'
import { moneyedTenant } from './api/suite/account-harness.ts'
import { clock, later } from './clock.ts'
import { database } from './db/database.ts'
import { newId } from './ids.ts'
import { written } from './logs/row.ts'
import { add } from './logs/store.ts'
import { newRequestId } from './request-id.ts'
import { lostRun } from './skills/lost-run-for-tests.ts'
import { startSweeping, stopSweeping } from './sweeping.ts'

// What is due happens though nobody comes by.

const { now } = clock
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(async () => {
  await stopSweeping()
  vi.useRealTimers()
  clock.now = now
})

/** A live tenant with 100 cents, 7 of which a run holds for a minute whose server died. */
async function bereaved() {
  const { place } = await moneyedTenant('live')
  const topUp = { type: 'top_up', amount: 100, sourceId: newId('top') } as const
  await withAccount(place, (tx, account) => move(tx, account, topUp))
  const run = await lostRun(place, { amount: 7, until: later(60_000) })
  const books = async () => {
    const db = await database()
    const [account, kept, told] = await Promise.all([
      db.account.findFirstOrThrow({ where: place }),
      db.skillRun.findUniqueOrThrow({ where: { id: run.id } }),
      db.webhookEvent.findMany({ where: { ...place, type: 'skill.executed' } }),
    ])
    return [kept.status, kept.reason, Number(account.available), Number(account.reserved), told.length]
  }
  return { ...run, books }
}

function pass(milliseconds: number): void {
  const at = now() + milliseconds
  clock.now = () => at
}

test('a run whose server died ends once its time has passed, as soon as a process begins', async () => {
  const { books } = await bereaved()
  startSweeping()
  await stopSweeping()
  expect(await books()).toEqual(['running', null, 93, 7, 0])
  pass(61_000)
  startSweeping()
  await stopSweeping()
  expect(await books()).toEqual(['failed', 'interrupted', 100, 0, 1])
})

test('a run whose server died ends while another process goes on, once', async () => {
  const { status, books } = await bereaved()
  startSweeping()
  startSweeping()
  expect(vi.getTimerCount()).toBe(1)
  pass(61_000)
  await expect
    .poll(() => {
      vi.advanceTimersByTime(15_000)
      return status()
    })
    .toBe('failed')
  await stopSweeping()
  expect(await books()).toEqual(['failed', 'interrupted', 100, 0, 1])
  expect(vi.getTimerCount()).toBe(0)
})

test('requests that came are led to once the log has some lots of them, though nobody looks', async () => {
  const { place } = await moneyedTenant('live')
  const row = { status: 200, milliseconds: 1, operation: null, call: 'GET /', askerId: 'key', address: '::1' }
  const nothing = { userId: null, username: null, code: null, reason: null, detail: null, expected: null, actual: null }
  const lots = Array.from({ length: 40 }, (_, number) => {
    const [at, rows] = [now() - number, written([{ ...row, ...nothing, id: newRequestId() }])]
    return { ...place, began: at, at, requests: 1, refused: 0, rows, reasons: null }
  })
  await add(() => lots)
  const left = async () => (await database()).logLot.count({ where: { ...place, indexed: false } })
  expect(await left()).toBe(40)
  startSweeping()
  await stopSweeping()
  expect(await left()).toBe(8)
})
