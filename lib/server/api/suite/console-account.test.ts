import { expect, test } from 'vitest'
import { decideTopUp } from '../../account/top-ups.ts'
import { newConsole } from './console-harness.ts'
import { baseUrl, refusedWith } from './harness.ts'
import { moneyOf } from './keys-harness.ts'

const unconfirmed = [403, 'confirmation_required']
const key = () => crypto.randomUUID()

test('a member adds test funds, and sees what is there, how it came, and over time', async () => {
  const { client, browser, tenant } = await newConsole()
  const before = await client.account.read('test')
  expect(before).toMatchObject({ empty: true, pending: [], account: { balance: { amount: 0 }, environment: 'test' } })
  expect(before.paymentMethods.map(({ id }) => id)).toEqual(['pm_card_ok', 'pm_card_declined', 'pm_card_pending'])
  const once = key()
  const fund = { environment: 'test', amount: 500, paymentMethodId: 'pm_card_ok' } as const
  const topUp = await client.account.fund(fund, once)
  expect(await client.account.fund(fund, once)).toEqual(topUp)
  const pending = await client.account.fund({ ...fund, paymentMethodId: 'pm_card_pending' }, key())
  expect(await client.account.read('test')).toMatchObject({
    empty: false,
    pending: [{ id: pending.id, status: 'pending' }],
    account: { balance: { amount: 500 } },
  })
  expect(await client.account.transactions({ environment: 'test' })).toMatchObject({
    data: [{ type: 'top_up', sourceId: topUp.id, balance: 500 }],
    nextCursor: null,
  })
  for (const [range, step, points] of [
    ['day', 'hour', 24],
    ['month', 'day', 30],
  ] as const) {
    const over = await client.account.balance('test', range)
    expect([over.step, over.times.length, over.balance.at(-1)]).toEqual([step, points, 500])
    expect([over.balance.at(0), over.reserved.at(-1)]).toEqual([0, 0])
  }
  const csv = await browser.fetch(`${baseUrl}/console/api/of/${tenant.id}/account/transactions.csv?environment=test`)
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="transactions-test.csv"')
  expect((await csv.text()).split('\r\n')).toHaveLength(3)
  expect((await client.account.read('live')).empty).toBe(true)
})

test('a live account is changed with a fresh assertion, one for each change, and not without', async () => {
  const { client, browser, tenant } = await newConsole()
  const add = () => client.account.addMethod({ environment: 'live', label: 'Invoice, net 30' }, key())
  const alert = (amount: number) => client.account.update({ environment: 'live', balanceAlert: { amount } })
  const before = await moneyOf(tenant.id)
  for (const refused of [add, () => alert(500)]) expect(await refusedWith(refused())).toEqual(unconfirmed)
  expect(await moneyOf(tenant.id)).toEqual(before)

  await browser.confirm('POST /account/payment-methods', { environment: 'live', label: 'Invoice, net 30' })
  const { id: paymentMethodId } = await add()
  const fund = () => client.account.fund({ environment: 'live', amount: 500, paymentMethodId }, key())
  const remove = () => client.account.removeMethod(paymentMethodId, 'live')
  const made = await moneyOf(tenant.id)
  for (const refused of [add, fund, remove]) expect(await refusedWith(refused())).toEqual(unconfirmed)
  expect(await moneyOf(tenant.id)).toEqual(made)

  browser.confirms = true
  const topUp = await fund()
  expect((await client.account.read('live')).pending).toMatchObject([{ id: topUp.id }])
  await decideTopUp(topUp.id, 'succeeded')
  await remove()
  expect((await alert(500)).balanceAlert?.amount).toBe(500)
  expect(await client.account.read('live')).toMatchObject({
    pending: [],
    paymentMethods: [],
    account: { balance: { amount: 500 } },
  })
})

test('a member sees and changes their own tenant’s account alone', async () => {
  const [home, other] = [await newConsole({ confirms: true }), await newConsole({ confirms: true })]
  const method = await home.client.account.addMethod({ environment: 'live', label: 'Invoice' }, key())
  const before = await moneyOf(home.tenant.id)
  expect(await refusedWith(other.client.account.removeMethod(method.id, 'live'))).toEqual([404, 'not_found'])
  const fund = { environment: 'live', amount: 500, paymentMethodId: method.id } as const
  expect(await refusedWith(other.client.account.fund(fund, key()))).toEqual([400, 'invalid_request'])
  expect(await refusedWith(home.client.account.removeMethod(method.id, 'test'))).toEqual([404, 'not_found'])
  expect(await moneyOf(home.tenant.id)).toEqual(before)
  await home.client.account.removeMethod(method.id, 'live')
  const { status } = await other.browser.fetch(`${baseUrl}/console/api/account?environment=prod`)
  expect(status).toBe(400)
})
