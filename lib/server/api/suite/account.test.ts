import { expect, test } from 'vitest'
import { release, reserve, settle } from '../../account/reservations.ts'
import { later } from '../../clock.ts'
import { database } from '../../db/database.ts'
import { moneyedTenant } from './account-harness.ts'
import { expectProblem, refusedWith, send } from './harness.ts'
import { sendAs } from './keys-harness.ts'

type Home = Awaited<ReturnType<typeof moneyedTenant>>

const usd = (amount: number) => ({ amount, currency: 'USD' as const })
const run = () => `run_${crypto.randomUUID()}`
const hold = async ({ place }: Home, amount: number, runId = run()) => {
  const held = { ...usd(amount), runId, until: later(60_000) }
  await (await database()).$transaction((tx) => reserve(tx, place, held))
  return runId
}
const charge = async ({ place }: Home, runId: string) =>
  (await database()).$transaction((tx) => settle(tx, place, runId))
const giveBack = async ({ place }: Home, runId: string) =>
  (await database()).$transaction((tx) => release(tx, place, runId))
const add = ({ account }: Home, amount: number) => account.fund({ amount, paymentMethodId: 'pm_card_ok' })

test('an account that nobody has used has nothing', async () => {
  const { account, money } = await moneyedTenant('live')
  const nothing = { balance: usd(0), reserved: usd(0), environment: 'live', balanceAlert: null }
  expect(await account.read()).toEqual(nothing)
  expect(await account.transactions()).toEqual({ data: [], nextCursor: null })
  expect(await money()).toMatchObject({ accounts: [], transactions: [] })
})

test('what is held is reserved and not in the balance, until it is charged or given back', async () => {
  const home = await moneyedTenant()
  const topUp = await add(home, 1_000)
  const [charged, failed] = [await hold(home, 300), await hold(home, 200)]
  expect(await home.account.read()).toMatchObject({ balance: usd(500), reserved: usd(500) })
  await charge(home, charged)
  await giveBack(home, failed)
  expect(await home.account.read()).toMatchObject({ balance: usd(700), reserved: usd(0) })
  const { data } = await home.account.transactions()
  const line = (
    type: string,
    sourceId: string,
    amount: number,
    balanceChange: number,
    reservedChange: number,
    balance: number,
    reserved: number,
  ) => ({
    ...{ id: expect.stringMatching(/^txn_/), createdAt: expect.any(String), currency: 'USD' },
    ...{ type, sourceId, amount, balanceChange, reservedChange, balance, reserved },
  })
  expect(data).toEqual([
    line('release', failed, 200, 200, -200, 700, 0),
    line('charge', charged, 300, 0, -300, 500, 200),
    line('reservation', failed, 200, -200, 200, 500, 500),
    line('reservation', charged, 300, -300, 300, 700, 300),
    line('top_up', topUp.id, 1_000, 1_000, 0, 1_000, 0),
  ])
})

test('the two environments have an account each', async () => {
  const home = await moneyedTenant()
  await add(home, 1_000)
  const live = await home.addKey('live', ['account:read'])
  expect(await live.client.account.read()).toMatchObject({ balance: usd(0), environment: 'live' })
  expect((await live.client.account.transactions()).data).toEqual([])
  expect((await home.account.read()).balance).toEqual(usd(1_000))
})

test('transactions come page by page, newest first, by type and between two moments', async () => {
  const home = await moneyedTenant()
  for (const amount of [100, 200, 300]) await add(home, amount)
  const held = await hold(home, 50)
  const all = (await home.account.transactions()).data
  const amounts = async (query: Parameters<typeof home.account.transactions>[0]) =>
    (await home.account.transactions(query)).data.map(({ amount }) => amount)
  const first = await home.account.transactions({ limit: 3 })
  expect(first.data).toEqual(all.slice(0, 3))
  const rest = await home.account.transactions({ limit: 3, cursor: first.nextCursor ?? '' })
  expect(rest).toEqual({ data: all.slice(3), nextCursor: null })
  expect(await amounts({ type: 'top_up' })).toEqual([300, 200, 100])
  expect(await amounts({ type: 'reservation' })).toEqual([50])
  expect(await amounts({ type: 'charge' })).toEqual([])
  const [newest] = all
  expect(newest?.sourceId).toBe(held)
  expect(await amounts({ to: newest?.createdAt ?? '' })).not.toContain(50)
  expect((await amounts({ from: newest?.createdAt ?? '' }))[0]).toBe(50)
  for (const query of ['type=gift', 'from=soon', 'limit=0', 'environment=live']) {
    const answer = await sendAs(home.key.secret, 'GET', `/v1/account/transactions?${query}`)
    expectProblem(answer, [400, 'invalid_request'])
  }
})

test('Accept: text/csv gives all of them as CSV, whatever the page', async () => {
  const home = await moneyedTenant()
  await add(home, 100)
  await hold(home, 50)
  const headers = { 'X-API-Key': home.key.secret, Accept: 'text/csv' }
  const { status, headers: answered, text } = await send('GET', '/v1/account/transactions?limit=1', { headers })
  expect(status).toBe(200)
  expect(answered.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
  expect(answered.get('content-disposition')).toBe('attachment; filename="transactions.csv"')
  expect(answered.get('vary')).toMatch(/\baccept\b/i)
  const { data } = await home.account.transactions()
  const cells = data.map((one) =>
    [one.id, one.createdAt, one.type, one.amount, one.currency, one.balanceChange, one.reservedChange]
      .concat([one.balance, one.reserved, one.sourceId])
      .join(','),
  )
  const header = 'id,createdAt,type,amount,currency,balanceChange,reservedChange,balance,reserved,sourceId'
  expect(text.split('\r\n')).toEqual([header, ...cells, ''])
  const none = await send('GET', '/v1/account/transactions?type=charge', { headers })
  expect(none.text).toBe(`${header}\r\n`)
})

test('the balance alert is told once when the balance falls below it, and again after it was back', async () => {
  const home = await moneyedTenant()
  await add(home, 1_000)
  expect(await home.account.update({ balanceAlert: { amount: 500 } })).toMatchObject({ balanceAlert: usd(500) })
  const low = async () => (await home.told()).filter(([type]) => type === 'account.balance_low').map(([, data]) => data)
  await charge(home, await hold(home, 500))
  expect(await low()).toEqual([])
  await charge(home, await hold(home, 1))
  await charge(home, await hold(home, 1))
  const told = (balance: number) => ({ balance, threshold: 500, currency: 'USD' })
  expect(await low()).toEqual([told(499)])
  await add(home, 100)
  await charge(home, await hold(home, 200))
  expect(await low()).toEqual([told(499), told(398)])
  expect(await home.account.update({ balanceAlert: null })).toMatchObject({ balanceAlert: null })
  await add(home, 200)
  await charge(home, await hold(home, 300))
  expect(await low()).toHaveLength(2)
})

test('what is held counts with the balance for its alert: runs that fail tell nothing, and one that is charged does', async () => {
  const home = await moneyedTenant()
  await add(home, 1_000)
  await home.account.update({ balanceAlert: { amount: 950 } })
  for (let run = 0; run < 2; run++) await giveBack(home, await hold(home, 100))
  const charged = await hold(home, 100)
  const low = async () => (await home.told()).filter(([type]) => type === 'account.balance_low').map(([, data]) => data)
  expect(await low()).toEqual([])
  await charge(home, charged)
  expect(await low()).toEqual([{ balance: 900, threshold: 950, currency: 'USD' }])
})

test('an alert above the balance is told as it is set, once', async () => {
  const home = await moneyedTenant()
  const told = (threshold: number) => ['account.balance_low', { balance: 0, threshold, currency: 'USD' }]
  await home.account.update({ balanceAlert: { amount: 500 } })
  await home.account.update({ balanceAlert: { amount: 500 } })
  expect(await home.told()).toEqual([told(500)])
  await home.account.update({ balanceAlert: { amount: 600 } })
  expect(await home.told()).toEqual([told(500), told(600)])
})

test('an alert is of a whole amount above nothing, or none', async () => {
  const home = await moneyedTenant()
  await home.account.update({ balanceAlert: { amount: 700, currency: 'USD' } })
  const before = await home.money()
  const alerts = [500, {}, { amount: 0 }, { amount: -1 }, { amount: 1.5 }, { amount: 500, currency: 'EUR' }]
  for (const body of [{}, ...alerts.map((balanceAlert) => ({ balanceAlert }))]) {
    expectProblem(await sendAs(home.key.secret, 'PATCH', '/v1/account', body), [400, 'invalid_request'])
  }
  expect(await home.money()).toEqual(before)
})

test('what is charged and added stands in the audit log with who did it', async () => {
  const home = await moneyedTenant()
  const { id } = await home.account.paymentMethods.create({ label: 'Invoice' })
  const topUp = await home.account.fund({ amount: 100, paymentMethodId: id })
  await home.account.paymentMethods.delete(id)
  await home.account.update({ balanceAlert: { amount: 50 } })
  const events = await (await database()).auditEvent.findMany({
    where: { tenantId: home.tenant.id, action: { not: 'key.created' } },
    orderBy: { id: 'asc' },
  })
  expect(events.map(({ action, actorId, targetId }) => [action, actorId, targetId])).toEqual([
    ['tenant.created', 'operator', home.tenant.id],
    ['payment_method.added', home.key.id, id],
    ['top_up.created', home.key.id, topUp.id],
    ['top_up.confirmed', 'system', topUp.id],
    ['payment_method.removed', home.key.id, id],
    ['balance_alert.updated', home.key.id, home.tenant.id],
  ])
})

test('payment methods are listed, added and removed', async () => {
  const { account } = await moneyedTenant()
  const sandbox = (await account.paymentMethods.list()).data
  expect(sandbox.map(({ id, type }) => [id, type])).toEqual([
    ['pm_card_ok', 'sandbox'],
    ['pm_card_declined', 'sandbox'],
    ['pm_card_pending', 'sandbox'],
  ])
  const once = { idempotencyKey: crypto.randomUUID() }
  const made = await account.paymentMethods.create({ label: '  Invoice,  net 30 ' }, once)
  expect(made).toMatchObject({ id: expect.stringMatching(/^pm_/), type: 'reference', label: 'Invoice, net 30' })
  expect(await account.paymentMethods.create({ label: 'Invoice, net 30' }, once)).toEqual(made)
  expect((await account.paymentMethods.list()).data).toEqual([...sandbox, made])
  const page = await account.paymentMethods.list({ limit: 2 })
  expect(page).toEqual({ data: sandbox.slice(0, 2), nextCursor: 'pm_card_declined' })
  expect(await account.paymentMethods.list({ limit: 2, cursor: 'pm_card_declined' })).toEqual({
    data: [sandbox[2], made],
    nextCursor: null,
  })
  expect(await refusedWith(account.paymentMethods.delete('pm_card_ok'))).toEqual([400, 'invalid_request'])
  await account.paymentMethods.delete(made.id)
  expect(await refusedWith(account.paymentMethods.delete(made.id))).toEqual([404, 'not_found'])
  expect(await refusedWith(account.paymentMethods.create({ label: 'Invoice, net 30' }, once))).toEqual([
    404,
    'not_found',
  ])
  expect((await account.paymentMethods.list()).data).toEqual(sandbox)
})

test('a card’s number is no payment method, however it is written', async () => {
  const { account, key, money } = await moneyedTenant('live')
  const before = await money()
  const [plain, wide] = ['4242424242424242', '４２４２４２４２４２４２']
  const spaced = [plain.replace(/\d{4}/g, '$& '), `Visa ${plain.replace(/\d{4}\B/g, '$&-')}`, [...plain].join('.')]
  for (const label of [plain, wide, ...spaced]) {
    const answer = await sendAs(key.secret, 'POST', '/v1/account/payment-methods', { label })
    expectProblem(answer, [400, 'invalid_request'])
    expect(answer.body.issues[0].message).toContain('card’s number')
    expect(answer.text).not.toContain(label)
  }
  expect(await money()).toEqual(before)
  expect((await account.paymentMethods.create({ label: 'Invoice 2026-0042, PO 118' })).type).toBe('reference')
})

test('twenty payment methods are enough', async () => {
  const { account } = await moneyedTenant()
  for (let one = 0; one < 20; one++) await account.paymentMethods.create({ label: `Invoice ${one}` })
  expect(await refusedWith(account.paymentMethods.create({ label: 'One more' }))).toEqual([400, 'invalid_request'])
  expect((await account.paymentMethods.list()).data).toHaveLength(23)
})
