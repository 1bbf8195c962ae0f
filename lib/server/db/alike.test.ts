import { beforeEach, expect, test } from 'vitest'
import { move } from '../account/ledger.ts'
import { find, setAlert, withAccount } from '../account/store.ts'
import * as transactions from '../account/transactions/store.ts'
import type { Place } from '../caller.ts'
import { findMember } from '../console/store.ts'
import { newId } from '../ids.ts'
import { sizes } from '../logs/store.ts'
import { findPasskey } from '../passkeys/store.ts'
import { createTenant, listTenants, setQuota } from '../tenants/tenants.ts'
import { requestsOf } from '../usage/store.ts'
import { database } from './database.ts'

// Where engines differ by themselves: how wide a number may be, and where what is empty stands in an order.

const most = 2 ** 31 - 1
let place: Place

beforeEach(async () => {
  const slug = `t-${crypto.randomUUID().slice(0, 13)}`
  place = { tenantId: (await createTenant({ name: 'Shop', slug })).id, environment: 'live' }
})

test('a person signs in where they were last, before where they never were', async () => {
  const db = await database()
  const userId = newId('usr')
  const usual = { name: 'Ada', role: 'owner', userId }
  for (const [usedAt, createdAt] of [
    [null, new Date(3)],
    [new Date(2), new Date(1)],
    [new Date(1), new Date(2)],
    [null, new Date(4)],
  ] as const) {
    const { id: tenantId } = await createTenant({ name: 'Shop', slug: `t-${crypto.randomUUID().slice(0, 13)}` })
    await db.member.create({ data: { ...usual, id: newId('mem'), tenantId, usedAt, createdAt } })
  }
  expect((await findMember(userId))?.usedAt).toEqual(new Date(2))
  await db.member.deleteMany({ where: { userId, usedAt: { not: null } } })
  expect((await findMember(userId))?.createdAt).toEqual(new Date(4))
})

test('a counter of an authenticator has all of its 32 bits', async () => {
  const db = await database()
  const user = { id: newId('usr'), username: 'ada', displayName: 'Ada' }
  await db.user.create({ data: { ...user, ...place } })
  const passkey = {
    ...{ id: newId('psk'), userId: user.id, credentialId: crypto.randomUUID(), publicKey: Uint8Array.of(1) },
    ...{ algorithm: -65_535, signCount: 2n ** 32n - 1n, name: 'Phone', aaguid: '', transports: '' },
    ...{ backupEligible: false, backedUp: false, attestationFormat: 'none', attestationTrusted: false },
  }
  await db.passkey.create({ data: { ...passkey, ...place } })
  const found = await findPasskey(place, passkey.credentialId)
  expect([found?.signCount, found?.algorithm]).toEqual([2n ** 32n - 1n, -65_535])
})

test('money is more than 32 bits hold, and so is what moves beside it', async () => {
  const db = await database()
  const amount = 1_000_000
  const topUp = () =>
    withAccount(place, (tx, account) => move(tx, account, { type: 'top_up', amount, sourceId: newId('top') }))
  await topUp()
  const key = { tenantId_environment: place }
  await db.account.update({ where: key, data: { available: 2n ** 40n, reserved: 2n ** 40n } })
  await topUp()
  await withAccount(place, (tx, account) => setAlert(tx, account, { alertBelow: 100_000_000, alerted: false }))
  expect(await find(place)).toMatchObject({ alertBelow: 100_000_000 })
  const { available, reserved } = await db.account.findUniqueOrThrow({ where: key })
  expect([available, reserved]).toEqual([2n ** 40n + BigInt(amount), 2n ** 40n])
  const last = await db.ledgerTransaction.findFirst({ where: place, orderBy: { sequence: 'desc' } })
  expect([last?.available, last?.reserved]).toEqual([available, reserved])
  await db.account.update({ where: key, data: { sequence: 2n ** 40n } })
  await topUp()
  const [latest] = await transactions.list(place, { from: new Date(0) }, 1)
  expect(latest?.sequence).toBe(2n ** 40n + 1n)
})

test('requests of a quota, of a month and of a log are summed beyond 32 bits', async () => {
  const db = await database()
  const { tenantId } = place
  await setQuota(tenantId, 1_000_000_000)
  expect((await listTenants()).find(({ id }) => id === tenantId)).toMatchObject({ monthlyQuota: 1_000_000_000 })
  const usual = { ...place, operation: 'tenant.read', outcome: 'ok', hour: 500_000, requests: most }
  await db.usageCount.createMany({ data: ['one', 'other', 'third'].map((keyId) => ({ ...usual, keyId })) })
  expect(await requestsOf(tenantId, { from: 500_000, to: 500_001 }, '')).toBe(3 * most)
  await db.usageMonth.create({ data: { tenantId, month: 24_300, requests: 2n ** 40n } })
  const where = { tenantId_month: { tenantId, month: 24_300 } }
  expect((await db.usageMonth.findUniqueOrThrow({ where })).requests).toBe(2n ** 40n)
  await db.logSize.create({ data: { ...place, requests: 2n ** 40n } })
  expect((await sizes()).find((one) => one.tenantId === tenantId)?.requests).toBe(2 ** 40)
})
