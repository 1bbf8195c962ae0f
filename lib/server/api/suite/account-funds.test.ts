import { expect, test } from 'vitest'
import { decideTopUp } from '../../account/top-ups.ts'
import { moneyedTenant } from './account-harness.ts'
import { expectProblem, newTenant, refusal, refusedWith } from './harness.ts'
import { sendAs } from './keys-harness.ts'

const funds = (amount: unknown, paymentMethodId: unknown = 'pm_card_ok') => ({ amount, paymentMethodId })
const conflict = [409, 'idempotency_conflict']

test('a card that is accepted adds its money at once, in two entries that sum to zero, and tells so', async () => {
  const { account, money, told } = await moneyedTenant()
  const topUp = await account.fund({ amount: 2_500, paymentMethodId: 'pm_card_ok' })
  expect(topUp).toEqual({
    id: expect.stringMatching(/^top_[0-9A-Za-z]{14}$/),
    status: 'succeeded',
    amount: 2_500,
    currency: 'USD',
    paymentMethodId: 'pm_card_ok',
    createdAt: expect.any(String),
    decidedAt: expect.any(String),
  })
  expect(await account.topUp(topUp.id)).toEqual(topUp)
  expect((await account.read()).balance).toEqual({ amount: 2_500, currency: 'USD' })
  const { transactions } = await money()
  expect(transactions).toHaveLength(1)
  const entries = transactions[0]?.entries.map(({ account, amount }) => [account, amount])
  expect(entries?.sort()).toEqual([
    ['available', 2_500],
    ['funding', -2_500],
  ])
  expect(await told()).toEqual([['account.funded', { topUpId: topUp.id, amount: 2_500, currency: 'USD' }]])
})

test('a card that is declined adds nothing, writes nothing into the ledger and tells nothing', async () => {
  const { account, money, told } = await moneyedTenant()
  const topUp = await account.fund({ amount: 2_500, paymentMethodId: 'pm_card_declined' })
  expect(topUp).toMatchObject({ status: 'declined', decidedAt: expect.any(String) })
  expect((await account.read()).balance.amount).toBe(0)
  expect(await money()).toMatchObject({ transactions: [], topUps: [{ id: topUp.id, status: 'declined' }] })
  expect(await told()).toEqual([])
})

test('a card that is pending adds its money once it is confirmed, once, and never where it is declined', async () => {
  const { account, told } = await moneyedTenant()
  const [good, bad] = [
    await account.fund({ amount: 2_000, paymentMethodId: 'pm_card_pending' }),
    await account.fund({ amount: 3_000, paymentMethodId: 'pm_card_pending' }),
  ]
  expect([good.status, bad.status, good.decidedAt]).toEqual(['pending', 'pending', null])
  expect((await account.read()).balance.amount).toBe(0)
  await Promise.all([decideTopUp(good.id, 'succeeded'), decideTopUp(good.id, 'succeeded')])
  await decideTopUp(bad.id, 'declined')
  expect((await account.topUp(good.id)).status).toBe('succeeded')
  expect((await account.topUp(bad.id)).status).toBe('declined')
  expect((await account.read()).balance.amount).toBe(2_000)
  await expect(decideTopUp(good.id, 'declined')).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(decideTopUp(bad.id, 'succeeded')).rejects.toMatchObject({ code: 'invalid_request' })
  expect((await account.read()).balance.amount).toBe(2_000)
  expect(await told()).toHaveLength(1)
})

test('a live top-up waits for the operator, whatever pays it, and the sandbox’s cards are not there', async () => {
  const { account, told } = await moneyedTenant('live')
  const { id: paymentMethodId } = await account.paymentMethods.create({ label: 'Invoice, net 30' })
  const topUp = await account.fund({ amount: 1_000_000, paymentMethodId })
  expect(topUp.status).toBe('pending')
  expect([(await account.topUp(topUp.id)).status, (await account.read()).balance.amount]).toEqual(['pending', 0])
  expect(await refusedWith(account.fund({ amount: 100, paymentMethodId: 'pm_card_ok' }))).toEqual([
    400,
    'invalid_request',
  ])
  expect(await told()).toEqual([])
  await account.paymentMethods.delete(paymentMethodId)
  await decideTopUp(topUp.id, 'succeeded')
  expect((await account.read()).balance.amount).toBe(1_000_000)
  expect(await told()).toHaveLength(1)
})

test('without an Idempotency-Key no money is asked for', async () => {
  const { key, money } = await moneyedTenant()
  const before = await money()
  const answer = await sendAs(key.secret, 'POST', '/v1/account/funds', funds(100))
  expectProblem(answer, [400, 'invalid_request'])
  expect(answer.body.issues).toEqual([{ path: 'Idempotency-Key', message: expect.stringContaining('is missing') }])
  expect(await money()).toEqual(before)
  const headers = { 'Idempotency-Key': 'one' }
  expect((await sendAs(key.secret, 'POST', '/v1/account/funds', funds(100), headers)).status).toBe(201)
})

test('the same request again gives the same top-up as it is by then, and another with its key is refused', async () => {
  const { account, money } = await moneyedTenant()
  const once = { idempotencyKey: crypto.randomUUID() }
  const body = { amount: 100, paymentMethodId: 'pm_card_pending' }
  const first = await account.fund(body, once)
  expect(await account.fund(body, once)).toEqual(first)
  await decideTopUp(first.id, 'succeeded')
  const before = await money()
  expect(await account.fund(body, once)).toMatchObject({ id: first.id, status: 'succeeded' })
  for (const other of [
    { ...body, amount: 101 },
    { ...body, paymentMethodId: 'pm_card_ok' },
  ])
    expect(await refusedWith(account.fund(other, once))).toEqual(conflict)
  expect(await refusedWith(account.paymentMethods.create({ label: 'Invoice' }, once))).toEqual(conflict)
  expect(await money()).toEqual(before)
})

test('of ten of one request at once, one is asked for', async () => {
  const { account, money } = await moneyedTenant('live')
  const { id: paymentMethodId } = await account.paymentMethods.create({ label: 'Invoice' })
  const once = { idempotencyKey: crypto.randomUUID() }
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => account.fund({ amount: 100, paymentMethodId }, once)),
  )
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  expect((await money()).topUps).toHaveLength(1)
})

test('money is asked for in whole cents, from one dollar to ten thousand, of a method that is there', async () => {
  const { key, money } = await moneyedTenant()
  const before = await money()
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const ask = (body: object) => sendAs(key.secret, 'POST', '/v1/account/funds', body, headers)
  const card = '4242424242424242'
  const wrong: [body: object, path: string][] = [
    ...[99, 1_000_001, 100.5, '100', -100, null].map((amount): [object, string] => [funds(amount), 'amount']),
    [{}, 'amount'],
    [{ amount: 100 }, 'paymentMethodId'],
    ...['', 'pm_00000000000000', card].map((id): [object, string] => [funds(100, id), 'paymentMethodId']),
  ]
  for (const [body, path] of wrong) {
    const answer = await ask(body)
    expectProblem(answer, [400, 'invalid_request'])
    expect(answer.body.issues[0].path).toBe(path)
    expect(answer.text).not.toContain(card)
  }
  expect(await money()).toEqual(before)
  // What was refused did not use the key up.
  expect((await ask(funds(100))).status).toBe(201)
})

test('another tenant’s payment method pays nothing here', async () => {
  const [home, other] = [await moneyedTenant('live'), await newTenant({ type: 'live', scopes: ['account:write'] })]
  const { id: paymentMethodId } = await other.client.account.paymentMethods.create({ label: 'Invoice' })
  const before = await home.money()
  expect((await refusal(home.account.fund({ amount: 100, paymentMethodId }))).issues?.[0]?.path).toBe('paymentMethodId')
  expect(await home.money()).toEqual(before)
  expect((await other.client.account.fund({ amount: 100, paymentMethodId })).status).toBe('pending')
})
