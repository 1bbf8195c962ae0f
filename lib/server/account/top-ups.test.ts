import { afterEach, expect, test } from 'vitest'
import { moneyedTenant } from '../api/suite/account-harness.ts'
import { clock } from '../clock.ts'
import { pendingMilliseconds } from './provider/sandbox.ts'
import { followPending } from './top-ups.ts'

const { now } = clock
afterEach(() => {
  clock.now = now
})

async function pending() {
  const home = await moneyedTenant()
  const topUp = await home.account.fund({ amount: 100, paymentMethodId: 'pm_card_pending' })
  expect(topUp.status).toBe('pending')
  return { ...home, topUp }
}

/** Lets a minute pass, but for `short` milliseconds. */
function passMinute(short = 0): void {
  const at = now() + pendingMilliseconds + 1_000 - short
  clock.now = () => at
}

test('the sandbox’s pending card is accepted after a minute, and whoever comes by sees it', async () => {
  const { account, topUp, told } = await pending()
  passMinute(2_000)
  expect((await account.topUp(topUp.id)).status).toBe('pending')
  expect((await account.read()).balance.amount).toBe(0)
  passMinute()
  expect(await account.read()).toMatchObject({ balance: { amount: 100 } })
  expect(await account.topUp(topUp.id)).toMatchObject({ status: 'succeeded' })
  expect(await told()).toEqual([['account.funded', { topUpId: topUp.id, amount: 100, currency: 'USD' }]])
})

test('of several that come by at once, one adds the money', async () => {
  const { account, topUp, money, told } = await pending()
  passMinute()
  await Promise.all([account.read(), account.topUp(topUp.id), followPending(), followPending(), account.read()])
  const { transactions } = await money()
  expect(transactions.map(({ type, sourceId }) => [type, sourceId])).toEqual([['top_up', topUp.id]])
  expect(await told()).toHaveLength(1)
})

test('a live top-up stays pending, however long nobody decides', async () => {
  const { account, money } = await moneyedTenant('live')
  const { id: paymentMethodId } = await account.paymentMethods.create({ label: 'Invoice' })
  const topUp = await account.fund({ amount: 100, paymentMethodId })
  const at = now() + 10_000 * 24 * 3_600_000
  clock.now = () => at
  await followPending()
  expect(await money()).toMatchObject({ transactions: [], topUps: [{ id: topUp.id, status: 'pending' }] })
})
