import { beforeAll, describe, expect, test } from 'vitest'
import { newConsole } from './console-harness.ts'
import { baseUrl, newTenant, refusal, refusedWith, request } from './harness.ts'
import { keptOf } from './keys-harness.ts'
import { quietHook as hook, keepDelivery } from './webhooks-harness.ts'

type Console = Awaited<ReturnType<typeof newConsole>>

const unconfirmed = [403, 'confirmation_required']
const unknownDelivery = `dlv_${'0'.repeat(28)}`

test('a member makes a test endpoint, reads how it does, changes it, rotates its secret and deletes it', async () => {
  const { client, session } = await newConsole()
  const { secret, ...made } = await client.webhooks.create({ ...hook, environment: 'test', description: 'Ledger' })
  expect(secret).toMatch(/^whsec_/)
  expect(made.createdBy).toBe(session.member.name)
  const [listed] = (await client.webhooks.list('test')).data
  expect(listed).toMatchObject({ ...made, environment: 'test', figures: { waiting: 0, medianMilliseconds: null } })
  expect(listed?.figures.hours).toHaveLength(24)
  expect((await client.webhooks.list('live')).data).toEqual([])
  expect(await client.webhooks.read(made.id)).toMatchObject({ ...made, environment: 'test' })
  expect(await client.webhooks.update(made.id, { enabled: false })).toMatchObject({ enabled: false, url: made.url })
  const rotated = await client.webhooks.rotateSecret(made.id)
  expect(rotated.secret).not.toBe(secret)
  expect(rotated.previousSecretUntil).not.toBeNull()
  expect(JSON.stringify(await client.webhooks.read(made.id))).not.toContain(rotated.secret)
  expect(await client.webhooks.delete(made.id)).toBeUndefined()
  expect((await client.webhooks.list('test')).data).toEqual([])
  const { data } = await client.audit({ q: made.id })
  expect(data.map(({ action, actor }) => [action, actor.type])).toEqual(
    ['webhook.deleted', 'webhook.secret_rotated', 'webhook.updated', 'webhook.created'].map((each) => [each, 'member']),
  )
})

test('the same Idempotency-Key makes one endpoint, and tells its secret once', async () => {
  const { client } = await newConsole()
  const key = crypto.randomUUID()
  const first = await client.webhooks.create({ ...hook, environment: 'test' }, key)
  const again = await client.webhooks.create({ ...hook, environment: 'test' }, key)
  expect([again.id, again.secret]).toEqual([first.id, undefined])
  expect((await client.webhooks.list('test')).data).toHaveLength(1)
})

test('the deliveries of an endpoint are listed by what became of them, opened, sent again and recovered', async () => {
  const { client } = await newConsole()
  const { id } = await client.webhooks.create({ ...hook, environment: 'test' })
  const other = await client.webhooks.create({ ...hook, environment: 'test' })
  expect(await client.webhooks.test(other.id, { type: 'user.created' })).toMatchObject({
    webhookId: other.id,
    type: 'user.created',
    test: true,
  })
  const [sent, arrived] = [await keepDelivery(id, 'failed'), await keepDelivery(id, 'delivered')]

  const idsOf = async (query?: Parameters<typeof client.webhooks.deliveries>[1]) =>
    (await client.webhooks.deliveries(id, query)).data.map((delivery) => delivery.id)
  expect((await idsOf()).toSorted()).toEqual([sent.id, arrived.id].toSorted())
  expect(await idsOf({ status: 'undelivered' })).toEqual([sent.id])
  expect((await client.webhooks.deliveries(id, { status: 'delivered' })).undelivered).toBe(1)
  expect((await client.webhooks.deliveries(other.id)).data).toHaveLength(1)
  expect(await client.webhooks.delivery(id, sent.id)).toMatchObject({ id: sent.id, status: 'failed', tries: [] })

  expect(await client.webhooks.recover(id, new Date(Date.now() - 60_000).toISOString())).toEqual({
    recovered: 1,
    more: false,
  })
  expect((await client.webhooks.resend(id, arrived.id)).id).toBe(arrived.id)
  for (const call of [client.webhooks.delivery, client.webhooks.resend]) {
    expect(await refusedWith(call(other.id, sent.id))).toEqual([404, 'not_found'])
    expect(await refusedWith(call(id, unknownDelivery))).toEqual([404, 'not_found'])
  }
})

describe('a live endpoint', () => {
  let console: Console
  beforeAll(async () => {
    console = await newConsole()
  })

  test('is made, changed, tried and deleted with a fresh assertion, one for each', async () => {
    const { client, browser, tenant } = console
    const create = () => client.webhooks.create({ ...hook, environment: 'live' })
    expect(await refusedWith(create())).toEqual(unconfirmed)
    expect((await client.webhooks.list('live')).data).toEqual([])
    await browser.confirm('POST /webhooks', { ...hook, environment: 'live' })
    const { id } = await create()
    const changes: [change: string, body: object | undefined, run: () => Promise<unknown>][] = [
      [`PATCH /webhooks/${id}`, { url: 'https://evil.example/' }, () => update('https://evil.example/')],
      [`POST /webhooks/${id}/rotate-secret`, {}, () => client.webhooks.rotateSecret(id)],
      [`POST /webhooks/${id}/test`, { type: 'account.funded' }, () => tried('account.funded')],
      [`DELETE /webhooks/${id}`, undefined, () => client.webhooks.delete(id)],
    ]
    const update = (url: string) => client.webhooks.update(id, { url })
    const tried = (type: 'account.funded') => client.webhooks.test(id, { type })
    const before = await keptOf(tenant.id)
    for (const [, , run] of changes) expect(await refusedWith(run())).toEqual(unconfirmed)
    expect(await keptOf(tenant.id)).toEqual(before)
    for (const [change, body, run] of changes) {
      await browser.confirm(change, body)
      await run()
    }
    expect((await client.webhooks.list('live')).data).toEqual([])
  })

  test('is told again what happened without one: that changes nothing', async () => {
    const { client, browser } = console
    await browser.confirm('POST /webhooks', { ...hook, environment: 'live' })
    const { id } = await client.webhooks.create({ ...hook, environment: 'live' })
    await browser.confirm(`POST /webhooks/${id}/test`, {})
    const sent = await client.webhooks.test(id, {})
    expect((await client.webhooks.resend(id, sent.id)).id).toBe(sent.id)
    expect((await client.webhooks.recover(id, new Date().toISOString())).recovered).toBe(0)
  })
})

test('another tenant’s endpoints do not exist for a member, whatever is asked of them', async () => {
  const { client } = await newConsole({ confirms: true })
  const { key, tenant } = await newTenant({ scopes: ['webhooks:manage'] })
  const { id } = await key.client.webhooks.create(hook)
  const sent = await keepDelivery(id, 'delivered')
  const own = await client.webhooks.create({ ...hook, environment: 'test' })
  const before = await keptOf(tenant.id)
  const calls = [
    () => client.webhooks.read(id),
    () => client.webhooks.update(id, { url: 'https://evil.example/' }),
    () => client.webhooks.delete(id),
    () => client.webhooks.rotateSecret(id),
    () => client.webhooks.test(id, {}),
    () => client.webhooks.recover(id, new Date(0).toISOString()),
    () => client.webhooks.deliveries(id),
    () => client.webhooks.delivery(id, sent.id),
    () => client.webhooks.resend(id, sent.id),
  ]
  const unknown = await refusal(client.webhooks.read('we_00000000000000'))
  for (const call of calls) {
    const problem = await refusal(call())
    expect({ ...problem, requestId: '' }).toEqual({ ...unknown, requestId: '' })
    expect([problem.status, problem.code]).toEqual([404, 'not_found'])
  }
  expect(await refusedWith(client.webhooks.delivery(own.id, sent.id))).toEqual([404, 'not_found'])
  expect(await refusedWith(client.webhooks.resend(own.id, sent.id))).toEqual([404, 'not_found'])
  expect(await keptOf(tenant.id)).toEqual(before)
})

test('a body names no tenant and says the environment, and a URL that leads nowhere public is refused at its field', async () => {
  const { client, tenant } = await newConsole()
  const body = { ...hook, environment: 'test' as const }
  const before = await keptOf(tenant.id)
  for (const more of [{ tenantId: 'tnt_00000000000000' }, { environment: undefined }, { events: [] }]) {
    const made = client.webhooks.create({ ...body, ...more } as typeof body)
    expect(await refusedWith(made)).toEqual([400, 'invalid_request'])
  }
  for (const url of ['http://hooks.example/', 'https://127.0.0.1/', 'https://u:p@hooks.example/', 'nowhere']) {
    const { status, issues } = await refusal(client.webhooks.create({ ...body, url }))
    expect([status, issues?.map(({ path }) => path)], url).toEqual([400, ['url']])
  }
  expect(await keptOf(tenant.id)).toEqual(before)
  expect((await client.webhooks.create(body)).enabled).toBe(true)
})

test('endpoints are for members, and changed from the Console’s own pages', async () => {
  const { browser, client, tenant } = await newConsole({ confirms: true })
  const { id } = await client.webhooks.create({ ...hook, environment: 'test' })
  const paths = ['', `/${id}`, `/${id}/deliveries`, `/${id}/deliveries/${unknownDelivery}`]
  for (const path of paths) {
    const answer = await request(`${baseUrl}/console/api/webhooks${path}`)
    expect([answer.status, (await answer.json()).code]).toEqual([401, 'session_required'])
  }
  const before = await keptOf(tenant.id)
  browser.headers = { Origin: 'https://evil.example' }
  for (const call of [
    () => client.webhooks.create({ ...hook, environment: 'test' }),
    () => client.webhooks.rotateSecret(id),
    () => client.webhooks.test(id, {}),
    () => client.webhooks.delete(id),
  ]) {
    expect(await refusedWith(call())).toEqual([403, 'origin_not_allowed'])
  }
  expect(await keptOf(tenant.id)).toEqual(before)
  browser.headers = { Origin: baseUrl }
  expect((await client.webhooks.test(id, {})).webhookId).toBe(id)
})
