import { beforeAll, expect, test } from 'vitest'
import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { maxEndpoints } from '#lib/contract/webhooks.ts'
import { database } from '../../db/database.ts'
import { expectProblem, refusal, refusedWith } from './harness.ts'
import { managedTenant, sendAs } from './keys-harness.ts'
import { keepDelivery } from './webhooks-harness.ts'

// Nothing answers at these names: what a server sends is tried elsewhere.
const url = 'https://hooks.example/in'

type Home = Awaited<ReturnType<typeof managedTenant>>
let home: Home
let webhooks: Home['client']['webhooks']
beforeAll(async () => {
  home = await managedTenant()
  webhooks = home.manager.client.webhooks
})

const post = (body: unknown, headers = {}) => sendAs(home.manager.secret, 'POST', '/v1/webhooks', body, headers)

test('an endpoint is what was asked for, and has a secret and a public key of its own', async () => {
  const { secret, ...view } = await webhooks.create({
    url: 'HTTPS://Hooks.Example:443/in?tenant=1',
    events: ['passkey.registered', 'key.created', 'key.created'],
    description: 'Ledger',
  })
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/)
  expect(view).toEqual({
    id: expect.stringMatching(/^we_\w{14}$/),
    url: 'https://hooks.example/in?tenant=1',
    events: ['passkey.registered', 'key.created'],
    description: 'Ledger',
    enabled: true,
    disabledReason: null,
    disabledAt: null,
    failingSince: null,
    secretHint: `whsec_…${secret?.slice(-5, -1)}`,
    previousSecretUntil: null,
    publicKey: expect.stringMatching(/^whpk_[\w+/]{43}=$/),
    createdBy: 'test',
    createdAt: expect.stringMatching(/Z$/),
  })
  expect(await webhooks.read(view.id)).toEqual(view)
  const other = await webhooks.create({ url, events: ['key.created'] })
  expect([other.description, other.enabled]).toEqual(['', true])
  expect([other.secret, other.publicKey]).not.toContain(secret)
  expect(other.publicKey).not.toBe(view.publicKey)
})

test('what is kept of a secret and a private key is sealed', async () => {
  const { id, secret = '' } = await webhooks.create({ url, events: ['key.created'] })
  const db = await database()
  const kept = JSON.stringify([
    await db.webhookEndpoint.findUnique({ where: { id } }),
    await db.auditEvent.findMany({ where: { targetId: id } }),
  ])
  expect(kept).toContain(id)
  expect(kept).not.toContain(secret.slice(6, 30))
  expect(kept).not.toContain('PRIVATE KEY')
})

test('the secret is in the answers that make one, and in no other', async () => {
  const { secret: key } = home.manager
  const { body: made } = await post({ url, events: ['key.created'] })
  const path = `/v1/webhooks/${made.id}`
  const rotated = await sendAs(key, 'POST', `${path}/rotate-secret`)
  const tested = await sendAs(key, 'POST', `${path}/test`)
  expect([rotated.status, tested.status]).toEqual([200, 201])
  const others = [
    tested,
    await sendAs(key, 'GET', path),
    await sendAs(key, 'GET', '/v1/webhooks?limit=100'),
    await sendAs(key, 'PATCH', path, { description: 'Changed' }),
    await sendAs(key, 'GET', `${path}/deliveries`),
    await sendAs(key, 'GET', `/v1/webhooks/deliveries/${tested.body.id}`),
  ]
  for (const secret of [made.secret, rotated.body.secret]) {
    expect(secret).toMatch(/^whsec_/)
    for (const { status, text } of others)
      expect([status < 300, text.includes(secret.slice(6, 40))]).toEqual([true, false])
  }
  expect(rotated.body.secret).not.toBe(made.secret)
  const untilTomorrow = Date.parse(rotated.body.previousSecretUntil) - Date.now()
  expect(Math.abs(untilTomorrow - 24 * 3_600_000)).toBeLessThan(60_000)
})

test.each([
  ['http://hooks.example/', 'begin with https'],
  ['ftp://hooks.example/', 'begin with https'],
  ['https://user:pass@hooks.example/', 'no user'],
  ['https://hooks.example/#here', 'no fragment'],
  ['https://localhost/', 'public address'],
  ['https://a.LocalHost./', 'public address'],
  ['https://127.0.0.1/', 'public address'],
  ['https://2130706433/', 'public address'],
  ['https://0x7f.1/', 'public address'],
  ['https://10.0.0.1:8443/', 'public address'],
  ['https://169.254.169.254/latest/meta-data', 'public address'],
  ['https://[::1]/', 'public address'],
  ['https://[::ffff:10.0.0.1]/', 'public address'],
  ['https://[64:ff9b::7f00:1]/', 'public address'],
  ['https://[fd00::1]/', 'public address'],
  ['hooks.example', 'no URL'],
  ['', 'no URL'],
  [`https://hooks.example/${'x'.repeat(2048)}`, 'longer than 2048'],
])('a URL that would not be called is refused: %s', async (bad, why) => {
  const { id } = await webhooks.create({ url, events: ['key.created'] })
  const before = await home.kept()
  const calls = [() => webhooks.create({ url: bad, events: ['key.created'] }), () => webhooks.update(id, { url: bad })]
  for (const call of calls) {
    const { code, issues } = await refusal(call())
    expect([code, issues]).toEqual(['invalid_request', [{ path: 'url', message: expect.stringContaining(why) }]])
  }
  expect(await home.kept()).toEqual(before)
  await webhooks.delete(id)
})

test.each([
  [{ url }, 'events'],
  [{ url, events: [] }, 'events'],
  [{ url, events: ['key.made'] }, 'events.0'],
  [{ url, events: ['*'] }, 'events.0'],
  [{ url, events: 'key.created' }, 'events'],
  [{ events: ['key.created'] }, 'url'],
  [{ url, events: ['key.created'], description: 'x'.repeat(257) }, 'description'],
  [{ url, events: ['key.created'], enabled: 'no' }, 'enabled'],
])('a body that says no endpoint is refused: %o', async (body, path) => {
  const before = await home.kept()
  const answer = await post(body)
  expectProblem(answer, [400, 'invalid_request'])
  expect(answer.body.issues[0].path).toBe(path)
  expect(await home.kept()).toEqual(before)
})

test('an environment has so many endpoints at most', async () => {
  const { manager, addKey } = await managedTenant()
  const wanted = { url, events: ['key.created' as const] }
  for (let made = 0; made < maxEndpoints; made++) await manager.client.webhooks.create(wanted)
  expect(await refusedWith(manager.client.webhooks.create(wanted))).toEqual([400, 'invalid_request'])
  const [first] = (await manager.client.webhooks.list()).data
  await manager.client.webhooks.delete(first?.id ?? '')
  await manager.client.webhooks.create(wanted)
  const other = await addKey('test', ['webhooks:manage'])
  await other.client.webhooks.create(wanted)
})

test('endpoints are listed oldest first, each once, whatever the size of a page', async () => {
  const { manager } = await managedTenant()
  const made: string[] = []
  for (let at = 0; at < 5; at++) {
    made.push((await manager.client.webhooks.create({ url: `${url}/${at}`, events: ['key.created'] })).id)
  }
  for (const limit of [1, 2, 5, 100]) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await manager.client.webhooks.list({ limit, ...(cursor ? { cursor } : {}) })
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(made)
  }
})

test('the same Idempotency-Key makes one endpoint, and shows its secret once', async () => {
  const body = { url, events: ['key.created'], description: 'once' }
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const [first, again] = [await post(body, headers), await post(body, headers)]
  expect([first.status, again.status]).toEqual([201, 201])
  const { secret, ...view } = first.body
  expect(secret).toMatch(/^whsec_/)
  expect(again.body).toEqual(view)
  expectProblem(await post({ ...body, description: 'other' }, headers), [409, 'idempotency_conflict'])
  await webhooks.delete(view.id)
  expectProblem(await post(body, headers), [404, 'not_found'])
})

test('an endpoint is turned off and on, by itself and with what else changes', async () => {
  const { id } = await webhooks.create({ url, events: ['key.created'] })
  const off = await webhooks.update(id, { enabled: false, events: ['key.revoked'], description: 'Quiet' })
  expect(off).toMatchObject({ enabled: false, disabledReason: null, events: ['key.revoked'], description: 'Quiet' })
  expect(off.disabledAt).not.toBeNull()
  for (const call of [() => webhooks.test(id), () => webhooks.recover(id, { since: new Date().toISOString() })]) {
    expect((await refusal(call())).detail).toContain('turned off')
  }
  // As the server turns one off, where nothing arrives.
  await (await database()).webhookEndpoint.update({
    where: { id },
    data: { disabledReason: 'failing', failingSince: new Date() },
  })
  expect((await webhooks.read(id)).disabledReason).toBe('failing')
  expect(await webhooks.update(id, { enabled: true })).toMatchObject({
    enabled: true,
    disabledReason: null,
    disabledAt: null,
    failingSince: null,
    events: ['key.revoked'],
  })
})

test('every change of an endpoint is in the audit log, and no secret', async () => {
  const { id } = await webhooks.create({ url, events: ['key.created'], description: 'Audited' })
  await webhooks.update(id, { description: 'Renamed' })
  await webhooks.rotateSecret(id)
  await webhooks.delete(id)
  const rows = await (await database()).auditEvent.findMany({ where: { targetId: id }, orderBy: { id: 'asc' } })
  expect(rows.map(({ action, targetName }) => [action, targetName])).toEqual([
    ['webhook.created', 'Audited'],
    ['webhook.updated', 'Renamed'],
    ['webhook.secret_rotated', 'Renamed'],
    ['webhook.deleted', 'Renamed'],
  ])
  expect(JSON.parse(rows[1]?.before ?? '')).toMatchObject({ description: 'Audited', url, events: ['key.created'] })
  expect(await refusedWith(webhooks.read(id))).toEqual([404, 'not_found'])
})

test('a test event is a delivery to that endpoint alone, of the type that is named or the first that it listens to', async () => {
  const { id } = await webhooks.create({ url, events: ['user.created', 'key.created'] })
  const sent = await webhooks.test(id)
  expect(sent).toMatchObject({ webhookId: id, type: 'user.created', test: true, subject: 'ada' })
  expect(sent.payload).toMatchObject({ type: 'user.created', data: { userId: expect.stringMatching(/^usr_/) } })
  expect((await webhooks.test(id, { type: 'mpc.signed' })).type).toBe('mpc.signed')
  const { data } = await webhooks.deliveries.list(id)
  expect(data.map(({ type }) => type)).toEqual(['mpc.signed', 'user.created'])
  const other = await webhooks.create({ url, events: ['user.created'] })
  expect((await webhooks.deliveries.list(other.id)).data).toEqual([])
  expect(await refusedWith(webhooks.deliveries.list('we_00000000000000'))).toEqual([404, 'not_found'])
})

test('what did not arrive since a moment is sent again, and a delivery by its id whatever became of it', async () => {
  const { id } = await webhooks.create({ url, events: ['key.created'] })
  const db = await database()
  const ids: string[] = []
  for (let at = 0; at < 4; at++) ids.push((await keepDelivery(id, 'failed')).id)
  const [old = '', failed = '', arrived = '', underWay = ''] = ids
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000)
  const given = async (one: string, data: object) => {
    await db.webhookDelivery.update({ where: { id: one }, data: { dueAt: null, lease: null, scheduled: 10, ...data } })
  }
  await given(old, { status: 'failed', createdAt: ago(48) })
  await given(failed, { status: 'failed' })
  await given(arrived, { status: 'delivered' })
  await given(underWay, { status: 'pending', dueAt: new Date(Date.now() + 60_000), lease: 'other' })
  expect(await webhooks.recover(id, { since: ago(24).toISOString() })).toEqual({ recovered: 1, more: false })
  const scheduled = async (one: string) =>
    (await db.webhookDelivery.findUniqueOrThrow({ where: { id: one } })).scheduled
  expect(await Promise.all([old, arrived, underWay].map(scheduled))).toEqual([10, 10, 10])
  expect(await scheduled(failed)).toBeLessThan(10)

  expect((await webhooks.deliveries.resend(arrived)).eventId).toBe((await webhooks.deliveries.read(arrived)).eventId)
  await webhooks.deliveries.resend(underWay)
  expect(await scheduled(arrived)).toBeLessThan(10)
  expect(await scheduled(underWay)).toBe(10)

  for (const since of ['yesterday', ago(31 * 24).toISOString(), undefined as unknown as string]) {
    expect((await refusal(webhooks.recover(id, { since }))).issues?.[0]?.path).toBe('since')
  }
  await webhooks.update(id, { enabled: false })
  expect((await refusal(webhooks.deliveries.resend(failed))).detail).toContain('turned off')
})

test('the catalogue says every type, with a schema and an example', async () => {
  const { data, nextCursor } = await webhooks.eventTypes()
  expect(data.map(({ type }) => type)).toEqual(webhookEventTypeNames)
  expect(nextCursor).toBeNull()
  for (const { type, description, example } of data) {
    expect([example.type, description.endsWith('.')]).toEqual([type, true])
  }
})
