import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as elapse } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import type { Outcome } from '../../setup/ledger-worker.ts'
import { moneyedTenant } from '../api/suite/account-harness.ts'
import { moneyOf } from '../api/suite/keys-harness.ts'
import type { Place } from '../caller.ts'
import { database } from '../db/database.ts'
import { type Checked, checkLedger, type Finding } from './check/check.ts'
import { releaseAllOverdue } from './reservations.ts'
import { setAlert, withAccount } from './store.ts'

// The proof that money is neither made nor lost, whatever happens to the processes that move it: several do so at random,
// are killed at random moments and begun again, and whatever they had said by then is compared with the books. For a longer
// one: LEDGER_PROCESSES=4 LEDGER_KILLS=100 LEDGER_OPERATIONS=3000; the same again: LEDGER_SEED.

vi.setConfig({ testTimeout: 3_600_000 })

const kills = Number(process.env.LEDGER_KILLS || 2)
const operations = Number(process.env.LEDGER_OPERATIONS || 120)
const seed = Number(process.env.LEDGER_SEED || Math.floor(Math.random() * 2 ** 31))
const processes = Number(process.env.LEDGER_PROCESSES || 2)
const alertBelow = 2_000

const home = await moneyedTenant('live')
const { id: method } = await home.account.paymentMethods.create({ label: 'Invoice' })
const places: Place[] = [home.place, { ...home.place, environment: 'test' }]
for (const place of places)
  await withAccount(place, (tx, account) => setAlert(tx, account, { alertBelow, alerted: true }))

const outcomes: Outcome[] = []
const failures: string[] = []

/** A process that moves money until it has done enough, or is killed. `begun`: it has said something. */
function worker(number: number) {
  const args = ['lib/setup/ledger-worker.ts', home.tenant.id, String(seed + number), String(operations)]
  const child = spawn(process.execPath, args, { env: { ...process.env, METHOD: method, NODE_NO_WARNINGS: '1' } })
  const begun = Promise.withResolvers<void>()
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  // A line that a kill cut off was not said.
  createInterface({ input: child.stdout }).on('line', (line) => {
    try {
      outcomes.push(JSON.parse(line))
      begun.resolve()
    } catch {}
  })
  const ended = new Promise<void>((resolve) => {
    child.once('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') failures.push(said)
      begun.resolve()
      resolve()
    })
  })
  return { begun: begun.promise, ended, kill: () => child.kill('SIGKILL') }
}

async function findings(): Promise<Finding[]> {
  const found: Finding[] = []
  const checked: Checked = { accounts: 0, transactions: 0, topUps: 0, reservations: 0 }
  for await (const finding of checkLedger(checked)) found.push(finding)
  return found
}

/** How often each place must have been told that its balance is low, by its books. */
async function alertsByTheBooks({ tenantId, environment }: Place): Promise<number> {
  const db = await database()
  const rows = await db.ledgerTransaction.findMany({ where: { tenantId, environment }, orderBy: { sequence: 'asc' } })
  let [alerts, wasLow] = [0, true]
  for (const { available, reserved } of rows) {
    const isLow = Number(available + reserved) < alertBelow
    if (isLow && !wasLow) alerts++
    wasLow = isLow
  }
  return alerts
}

async function toldOf({ tenantId, environment }: Place, type: string): Promise<number> {
  return (await database()).webhookEvent.count({ where: { tenantId, environment, type } })
}

test(`the books are right after every kill, and say what was said: LEDGER_SEED=${seed}`, async () => {
  console.info(`LEDGER_SEED=${seed}`)
  let started = 0
  const workers = Array.from({ length: processes }, () => worker(started++))
  for (let kill = 0; kill < kills; kill++) {
    const at = kill % processes
    const victim = workers[at]
    await victim?.begun
    await elapse(Math.random() * 300)
    victim?.kill()
    await victim?.ended
    expect(await findings(), 'beside those that go on').toEqual([])
    workers[at] = worker(started++)
  }
  await Promise.all(workers.map(({ ended }) => ended))
  expect(failures).toEqual([])
  await expect
    .poll(async () => {
      await releaseAllOverdue()
      return (await moneyOf(home.tenant.id)).reservations.filter(({ state }) => state === 'open').length
    })
    .toBe(0)
  expect(await findings()).toEqual([])

  const { accounts, transactions, reservations, topUps } = await moneyOf(home.tenant.id)
  expect(transactions.length).toBeGreaterThan(operations / 2)
  expect(accounts.every(({ available, reserved }) => available >= 0n && reserved === 0n)).toBe(true)
  const inBooks = (type: string) => new Set(transactions.filter((one) => one.type === type).map((one) => one.sourceId))
  const [credited, charged, released] = [inBooks('top_up'), inBooks('charge'), inBooks('release')]
  const amountOf = new Map(reservations.map(({ runId, amount }) => [runId, amount]))
  const topUpOf = new Map<string, string>()
  for (const outcome of outcomes) {
    if (outcome.of === 'fund') {
      // One Idempotency-Key, one top-up: whichever process was asked, and whichever was killed.
      expect(topUpOf.get(outcome.key) ?? outcome.topUpId).toBe(outcome.topUpId)
      topUpOf.set(outcome.key, outcome.topUpId)
    }
    if (outcome.of === 'fund' || outcome.of === 'decide') {
      if (outcome.status !== 'pending') expect(credited.has(outcome.topUpId)).toBe(outcome.status === 'succeeded')
    } else if (outcome.of === 'reserve') expect(amountOf.has(outcome.runId)).toBe(outcome.held)
    else if (outcome.done) {
      expect((outcome.of === 'settle' ? charged : released).has(outcome.runId)).toBe(true)
    }
  }
  expect(topUps.length).toBe(new Set(topUps.map(({ id }) => id)).size)
  const doneTwice = outcomes.filter((one) => one.of === 'settle' && one.done).map((one) => 'runId' in one && one.runId)
  expect(new Set(doneTwice).size).toBe(doneTwice.length)
  for (const place of places) {
    const succeeded = topUps.filter(
      ({ environment, status }) => environment === place.environment && status === 'succeeded',
    )
    if (place.environment === 'live') {
      expect(await toldOf(place, 'account.funded')).toBe(succeeded.length)
      expect(await toldOf(place, 'account.balance_low')).toBe(await alertsByTheBooks(place))
      expect(succeeded.length).toBeGreaterThan(0)
    }
  }
  expect([credited.size > 0, charged.size > 0, released.size > 0]).toEqual([true, true, true])
})
