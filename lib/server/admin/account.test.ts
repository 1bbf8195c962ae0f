import { beforeAll, expect, test } from 'vitest'
import { isOnPostgresql } from '../../setup/on-sqlite.ts'
import { reserve, settle } from '../account/reservations.ts'
import { moneyedTenant } from '../api/suite/account-harness.ts'
import { later } from '../clock.ts'
import { database } from '../db/database.ts'
import { adminHere, errorHere, jsonHere } from './here.ts'

let home: Awaited<ReturnType<typeof moneyedTenant>>
let paymentMethodId: string
const ask = (amount: number) => home.account.fund({ amount, paymentMethodId })

beforeAll(async () => {
  home = await moneyedTenant('live')
  paymentMethodId = (await home.account.paymentMethods.create({ label: 'Invoice, net 30' })).id
})

test('top-ups that wait are listed, confirmed and declined, each once', async () => {
  const [good, bad] = [await ask(2_000), await ask(3_000)]
  const listed = async (...more: string[]) => (await jsonHere('topups', 'list', ...more)).data
  const line = { tenant: home.tenant.slug, environment: 'live', status: 'pending', methodLabel: 'Invoice, net 30' }
  expect(await listed()).toMatchObject([
    { ...line, id: bad.id, amount: 3_000 },
    { ...line, id: good.id, amount: 2_000 },
  ])
  expect((await adminHere('topups', 'list')).stdout).toContain(
    `${good.id}  ${home.tenant.slug}  live  pending  20.00 USD`,
  )
  expect(await jsonHere('topups', 'confirm', good.id)).toMatchObject({ id: good.id, status: 'succeeded' })
  expect(await jsonHere('topups', 'confirm', good.id)).toMatchObject({ id: good.id, status: 'succeeded' })
  expect(await jsonHere('topups', 'decline', bad.id)).toMatchObject({ id: bad.id, status: 'declined' })
  expect((await home.account.read()).balance.amount).toBe(2_000)
  const before = await home.money()
  expect(await errorHere('topups', 'decline', good.id)).toContain('succeeded at ')
  expect(await errorHere('topups', 'confirm', bad.id)).toContain('was declined at ')
  expect(await errorHere('topups', 'confirm', 'top_00000000000000')).toContain('No top-up of this id')
  expect(await errorHere('topups', 'list', '--tenant', 'nobody')).toContain('No tenant has the slug')
  expect(await home.money()).toEqual(before)
  expect(await listed()).toEqual([])
  expect(await listed('--status', 'all', '--tenant', home.tenant.slug)).toHaveLength(2)
})

test('books that are right are said to be, and what was gone through is counted', async () => {
  const { id } = await ask(5_000)
  await jsonHere('topups', 'confirm', id)
  const db = await database()
  for (const runId of ['run_held', 'run_charged']) {
    const held = { amount: 700, currency: 'USD' as const, runId, until: later(60_000) }
    await db.$transaction((tx) => reserve(tx, home.place, held))
  }
  await db.$transaction((tx) => settle(tx, home.place, 'run_charged'))
  const { code, stdout } = await adminHere('ledger', 'check')
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^1 accounts, \d+ transactions, .*: all is right\.\n$/)])
  const { ok, checked } = await jsonHere('ledger', 'check')
  expect([ok, checked.accounts, checked.reservations]).toEqual([true, 1, 2])
})

const tables = ['LedgerEntry', 'LedgerTransaction', 'Reservation', 'TopUp', 'Account']

/** Does what only somebody can who has the database, triggers or not, and undoes it once `act` has ended. */
async function tampered<Result>(statements: string[], act: () => Promise<Result>): Promise<Result> {
  const db = await database()
  const run = async (lines: string[]) => {
    for (const line of lines) await db.$executeRawUnsafe(line)
  }
  const guarded = ['LedgerTransaction', 'LedgerEntry']
  await run(
    isOnPostgresql
      ? guarded.map((table) => `ALTER TABLE "${table}" DISABLE TRIGGER USER`)
      : ['changed', 'deleted', 'replaced'].flatMap((what) =>
          guarded.map((table) => `DROP TRIGGER IF EXISTS "${table}_is_never_${what}"`),
        ),
  )
  await run(tables.map((table) => `CREATE TABLE "kept_${table}" AS SELECT * FROM "${table}"`))
  await run(statements)
  return act().finally(async () => {
    await run(tables.map((table) => `DELETE FROM "${table}"`))
    await run(tables.toReversed().map((table) => `INSERT INTO "${table}" SELECT * FROM "kept_${table}"`))
    await run(tables.map((table) => `DROP TABLE "kept_${table}"`))
  })
}

const charge = `(SELECT "id" FROM "LedgerTransaction" WHERE "type" = 'charge')`

test.each<[name: string, sql: string | string[], finding: RegExp]>([
  [
    'an account with more than its entries',
    'UPDATE "Account" SET "available" = "available" + 1',
    /available, and the entries sum to/,
  ],
  [
    'an account that holds more than its runs',
    'UPDATE "Account" SET "reserved" = "reserved" + 1',
    /its open reservations sum to 700/,
  ],
  [
    'a transaction that is not there',
    'UPDATE "Account" SET "sequence" = "sequence" + 1',
    /by its number, and the last is/,
  ],
  [
    'an entry that was changed',
    `UPDATE "LedgerEntry" SET "amount" = 1 WHERE "account" = 'revenue'`,
    /entries that sum to -699/,
  ],
  ['an entry that is gone', `DELETE FROM "LedgerEntry" WHERE "account" = 'funding'`, /entries that sum to/],
  [
    'a movement another way',
    `UPDATE "LedgerEntry" SET "account" = 'revenue' WHERE "account" = 'funding'`,
    /is no top_up of/,
  ],
  [
    'a number that is left out',
    `UPDATE "LedgerTransaction" SET "sequence" = 99 WHERE "type" = 'charge'`,
    /the last is/,
  ],
  [
    'a balance on the way that is none',
    `UPDATE "LedgerTransaction" SET "reserved" = 1 WHERE "type" = 'charge'`,
    /leaves 1 reserved/,
  ],
  [
    'a run that is settled and not charged',
    `UPDATE "Reservation" SET "state" = 'settled' WHERE "runId" = 'run_held'`,
    /run_held is settled, and has reservation in/,
  ],
  [
    'a charge of a run that failed',
    `UPDATE "Reservation" SET "state" = 'released' WHERE "runId" = 'run_charged'`,
    /run_charged is released, and has charge, reservation/,
  ],
  [
    'a charge of another amount',
    `UPDATE "Reservation" SET "amount" = 701 WHERE "runId" = 'run_charged'`,
    /has 701, and in the ledger a charge of 700/,
  ],
  [
    'money of a top-up that was declined',
    `UPDATE "TopUp" SET "status" = 'declined' WHERE "status" = 'succeeded'`,
    /is declined, and has top_up/,
  ],
  [
    'a top-up that never came in',
    `UPDATE "TopUp" SET "status" = 'succeeded' WHERE "status" = 'declined'`,
    /is succeeded, and has nothing/,
  ],
  [
    'a transaction of nothing',
    `UPDATE "LedgerTransaction" SET "sourceId" = 'run_none' WHERE "type" = 'charge'`,
    /is of run_none, which there is not/,
  ],
  [
    'a charge that is gone',
    [
      `DELETE FROM "LedgerEntry" WHERE "transactionId" = ${charge}`,
      `DELETE FROM "LedgerTransaction" WHERE "type" = 'charge'`,
    ],
    /the last is/,
  ],
])('%s is found', async (_name, sql, finding) => {
  await tampered([sql].flat(), async () => {
    const { code, stdout } = await adminHere('ledger', 'check')
    expect(code).toBe(1)
    expect(stdout).toMatch(finding)
    expect(stdout).toMatch(/: [1-9]\d* wrong\.\n$/)
    const asJson = await adminHere('ledger', 'check', '--json')
    expect(asJson.code).toBe(1)
    const { ok, wrong, findings } = JSON.parse(asJson.stdout)
    expect([ok, findings.length]).toEqual([false, wrong])
    expect(findings[0]).toMatchObject({ tenantId: home.tenant.id, environment: 'live' })
  })
  expect((await jsonHere('ledger', 'check')).ok).toBe(true)
})
