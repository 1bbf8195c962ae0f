import { beforeAll, describe, expect, test } from 'vitest'
import type { MpcKeyEvent, UsageEvent } from '#lib/contract/usage-events.ts'
import { listAudit } from '../../audit/audit.ts'
import { createServiceToken, revokeServiceToken } from '../../service-tokens/service-tokens.ts'
import { expectProblem, newTenant, register, send, signIn } from './harness.ts'

const hour = 3_600_000
let token: string
beforeAll(async () => {
  token = (await createServiceToken({ service: 'mpc', name: 'Suite' })).token
})

type Data = UsageEvent['data']

/** A tenant that asks for its figures with a key of its own, and events of its requests. */
async function watched() {
  const tenant = await newTenant({ scopes: ['passkeys:register', 'passkeys:authenticate', 'usage:read'] })
  const watcher = await tenant.addKey('test', ['usage:read'])
  const event = (data: Partial<Data> = {}, more: object = {}): UsageEvent => ({
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: 'https://mpc.example',
    type: 'mpc.request',
    data: {
      tenantId: tenant.tenant.id,
      tenantName: tenant.tenant.name,
      environment: 'test',
      operation: 'mpc.sign.finish',
      status: 'OK',
      azp: tenant.key.id,
      at: new Date().toISOString(),
      ...data,
    },
    ...more,
  })
  const byOperation = async () =>
    (await watcher.client.usage({ groupBy: 'operation' })).data.filter(({ operation }) => operation !== 'usage.read')
  return { ...tenant, watcher, event, byOperation }
}

const tell = (body: unknown, type = 'application/cloudevents-batch+json', authorization = `Bearer ${token}`) =>
  send('POST', '/v1/usage/events', {
    headers: { 'Content-Type': type, ...(authorization ? { Authorization: authorization } : {}) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const one = 'application/cloudevents+json'

test('an event is counted for its tenant, under its operation and the key that its token came from', async () => {
  const { event, byOperation, watcher, key } = await watched()
  const { status, body } = await tell(event(), one)
  expect([status, body]).toEqual([200, { accepted: 1, duplicates: 0 }])
  expect(await byOperation()).toEqual([{ operation: 'mpc.sign.finish', requests: 1, errors: 0 }])
  const { data } = await watcher.client.usage({ groupBy: 'key' })
  expect(data).toContainEqual({ key: key.id, requests: 1, errors: 0 })
})

test('a batch is counted; what went wrong is an error, and meters have only what was made', async () => {
  const { event, byOperation, watcher } = await watched()
  const batch = [
    event({ operation: 'mpc.keygen.begin' }),
    event({ operation: 'mpc.keygen.finish' }),
    event({ operation: 'mpc.sign.finish' }),
    event({ operation: 'mpc.sign.finish' }),
    event({ operation: 'mpc.sign.finish', status: 'INVALID_ARGUMENT' }),
    event({ operation: 'mpc.key.get', status: 'NOT_FOUND', azp: undefined }),
  ]
  expect((await tell(batch)).body).toEqual({ accepted: 6, duplicates: 0 })
  expect(await byOperation()).toEqual([
    { operation: 'mpc.key.get', requests: 1, errors: 1 },
    { operation: 'mpc.keygen.begin', requests: 1, errors: 0 },
    { operation: 'mpc.keygen.finish', requests: 1, errors: 0 },
    { operation: 'mpc.sign.finish', requests: 3, errors: 1 },
  ])
  const { meters } = await watcher.client.usage({ groupBy: 'operation' })
  expect(meters.totals).toMatchObject({ 'mpc.key_generated': 1, 'mpc.signed': 2, 'token.issued': 0 })
  const csv = await send('GET', '/v1/usage?groupBy=operation', {
    headers: { 'X-API-Key': watcher.secret, Accept: 'text/csv' },
  })
  expect(csv.text).toContain('mpc.sign.finish,3,1,0,0,0,0,2\r\n')
  expect((await tell([])).body).toEqual({ accepted: 0, duplicates: 0 })
})

test('an answer that was given again is a request, and makes nothing a second time; an error that says so is one', async () => {
  const { event, byOperation, watcher } = await watched()
  const again = { repeated: true } as const
  await tell([
    event({ operation: 'mpc.sign.finish' }),
    event({ operation: 'mpc.sign.finish', ...again }),
    event({ operation: 'mpc.keygen.finish' }),
    event({ operation: 'mpc.keygen.finish', ...again }),
    event({ operation: 'mpc.keygen.finish', ...again, status: 'ABORTED' }),
  ])
  expect(await byOperation()).toEqual([
    { operation: 'mpc.keygen.finish', requests: 3, errors: 1 },
    { operation: 'mpc.sign.finish', requests: 2, errors: 0 },
  ])
  const { meters } = await watcher.client.usage({ groupBy: 'operation' })
  expect(meters.totals).toMatchObject({ 'mpc.key_generated': 1, 'mpc.signed': 1 })
})

test('the same id counts once: again, twice in a batch, from another source, and told many times at once', async () => {
  const { event, byOperation } = await watched()
  const first = event()
  expect((await tell([first, first])).body).toEqual({ accepted: 1, duplicates: 1 })
  expect((await tell([first, event()])).body).toEqual({ accepted: 1, duplicates: 1 })
  expect((await tell({ ...first, source: 'https://mpc-2.example' }, one)).body).toEqual({ accepted: 0, duplicates: 1 })
  const batch = Array.from({ length: 50 }, () => event())
  const answers = await Promise.all(Array.from({ length: 4 }, () => tell(batch)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(answers.reduce((all, { body }) => all + body.accepted, 0)).toBe(50)
  expect(await byOperation()).toEqual([{ operation: 'mpc.sign.finish', requests: 52, errors: 0 }])
})

test('an event that comes late is counted in the hour in which it happened', async () => {
  const { event, watcher } = await watched()
  const at = new Date(Date.now() - 49 * hour)
  await tell([event({ at: at.toISOString() })])
  const range = { from: new Date(at.getTime() - hour).toISOString(), to: new Date(at.getTime() + hour).toISOString() }
  const { data } = await watcher.client.usage({ groupBy: 'hour', ...range })
  expect(data).toEqual([{ hour: `${at.toISOString().slice(0, 13)}:00:00.000Z`, requests: 1, errors: 0 }])
})

test('a change of a key comes once into its tenant’s audit log, by who made it and when, and counts as no request', async () => {
  const { tenant, client, authenticator, byOperation } = await watched()
  const { user } = await register(client, authenticator, 'ada')
  const at = new Date(Date.now() - hour).toISOString()
  const state = { label: 'Treasury', suite: 'ed25519', threshold: 2, parties: ['device', 'server', 'recovery'] }
  const made = { ...state, approval: 'always' as const, maxPerHour: null, frozenBy: [], resharings: 0 }
  const frozen = { ...made, frozenBy: ['tenant' as const] }
  const keyId = 'mpk_0123456789abcdefghij'
  const event = (type: MpcKeyEvent['type'], data: Partial<MpcKeyEvent['data']>): MpcKeyEvent => ({
    ...{ specversion: '1.0', id: crypto.randomUUID(), source: 'https://mpc.example', type },
    data: {
      ...{ tenantId: tenant.id, environment: 'test', keyId, at, before: null, after: made },
      ...{ actor: { type: 'user', id: user.id }, ...data },
    },
  })
  const member = { type: 'member' as const, id: 'mem_1', name: 'Grace', address: '192.0.2.1', requestId: 'req_1' }
  const events = [
    event('mpc.key.generated', {}),
    event('mpc.key.frozen', { actor: member, before: made, after: frozen }),
    event('mpc.key.deleted', { actor: { type: 'user', id: 'usr_gone' }, before: frozen, after: null }),
  ]
  const wrong = event('mpc.key.frozen', { actor: { ...member, name: '' } })
  const answer = await tell([...events, wrong])
  expectProblem(answer, [400, 'invalid_request'])
  expect(answer.body.issues).toMatchObject([{ path: '3.data.actor.name' }])
  const log = async () => (await listAudit(tenant.id, { q: keyId, limit: 10 })).data
  expect(await log()).toEqual([])

  expect((await tell(events)).body).toEqual({ accepted: 3, duplicates: 0 })
  expect((await tell([...events, events[0]])).body).toEqual({ accepted: 0, duplicates: 4 })
  const target = { id: keyId, name: 'Treasury' }
  const unknown = { address: null, requestId: null }
  expect((await log()).map(({ id: _, ...rest }) => rest)).toEqual(
    [
      ...[
        {
          action: 'mpc_key.deleted',
          actor: { type: 'user', id: 'usr_gone', name: 'usr_gone' },
          user: { id: 'usr_gone', username: 'usr_gone' },
          before: frozen,
          after: null,
          ...unknown,
        },
      ],
      ...[
        {
          action: 'mpc_key.frozen',
          actor: { type: 'member', id: 'mem_1', name: 'Grace' },
          user: null,
          before: made,
          after: frozen,
          address: '192.0.2.1',
          requestId: 'req_1',
        },
      ],
      ...[
        {
          action: 'mpc_key.generated',
          actor: { type: 'user', id: user.id, name: 'ada' },
          user: { id: user.id, username: 'ada' },
          before: null,
          after: made,
          ...unknown,
        },
      ],
    ].map((told) => ({ at, environment: 'test', target, ...told })),
  )
  expect(await byOperation()).toEqual([
    { operation: 'passkeys.register.begin', requests: 1, errors: 0 },
    { operation: 'passkeys.register.finish', requests: 1, errors: 0 },
  ])
  const other = await watched()
  expect((await listAudit(other.tenant.id, { limit: 10, q: keyId })).data).toEqual([])
})

test('tenants and environments are kept apart', async () => {
  const [ours, other] = [await watched(), await watched()]
  await tell([ours.event(), ours.event({ environment: 'live' })])
  expect(await ours.byOperation()).toEqual([{ operation: 'mpc.sign.finish', requests: 1, errors: 0 }])
  expect(await other.byOperation()).toEqual([])
})

describe('of a batch with one event that is refused, none is counted', () => {
  const day = 24 * hour
  const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString()
  type Make = Awaited<ReturnType<typeof watched>>['event']
  test.each<[what: string, path: string, make: (event: Make) => object]>([
    ['another version', '1.specversion', (event) => event({}, { specversion: '0.3' })],
    ['another type', '1.type', (event) => event({}, { type: 'mpc.other' })],
    ['no id', '1.id', (event) => event({}, { id: '' })],
    ['an id that is too long', '1.id', (event) => event({}, { id: 'x'.repeat(129) })],
    ['no source', '1.source', (event) => event({}, { source: undefined })],
    ['a member that is not known', '1.extra', (event) => event({}, { extra: 1 })],
    ['data that is not known', '1.data.cost', (event) => event({ cost: 1 } as object)],
    ['no data', '1.data', (event) => event({}, { data: undefined })],
    ['an operation that is none', '1.data.operation', (event) => event({ operation: 'mpc.sign' as never })],
    ['an operation of a key’s own', '1.data.operation', (event) => event({ operation: 'tenant.read' as never })],
    ['a status that is none', '1.data.status', (event) => event({ status: 'ok' as never })],
    ['an environment that is none', '1.data.environment', (event) => event({ environment: 'prod' as never })],
    ['a key that is none', '1.data.azp', (event) => event({ azp: '=1+1' })],
    ['an answer that was given again or not', '1.data.repeated', (event) => event({ repeated: false as never })],
    ['no key', '1.data.azp', (event) => event({ azp: null as never })],
    ['no moment', '1.data.at', (event) => event({ at: 'yesterday' })],
    ['a moment too long ago', '1.data.at', (event) => event({ at: ago(31 * day + hour) })],
    ['a moment too far ahead', '1.data.at', (event) => event({ at: ago(-day - hour) })],
    ['a tenant of nobody', '1.data.tenantId', (event) => event({ tenantId: 'tnt_nobody' })],
  ])('%s', async (_what, path, make) => {
    const { event, byOperation } = await watched()
    const good = event()
    const answer = await tell([good, make(event)])
    expectProblem(answer, [400, 'invalid_request'])
    expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toEqual([path])
    expect(await byOperation()).toEqual([])
    expect((await tell([good])).body).toEqual({ accepted: 1, duplicates: 0 })
  })

  test('more than 100 events, and a body of more than 64 KiB', async () => {
    const { event, byOperation } = await watched()
    expectProblem(await tell(Array.from({ length: 101 }, () => event())), [400, 'invalid_request'])
    expectProblem(await tell(`[${' '.repeat(65_536)}]`), [413, 'body_too_large'])
    expect(await byOperation()).toEqual([])
    expect((await tell(Array.from({ length: 100 }, () => event()))).body).toEqual({ accepted: 100, duplicates: 0 })
  })

  test('a form that does not fit its media type', async () => {
    const { event, byOperation } = await watched()
    expectProblem(await tell([event()], one), [400, 'invalid_request'])
    expectProblem(await tell(event()), [400, 'invalid_request'])
    expectProblem(await tell([event()], 'application/json'), [415, 'unsupported_media_type'])
    expectProblem(await tell([event()], 'text/plain'), [415, 'unsupported_media_type'])
    expect(await byOperation()).toEqual([])
    expect((await tell(event(), `${one}; charset=utf-8`)).status).toBe(200)
  })
})

test('nothing but a service token that works is believed', async () => {
  const { event, byOperation, addKey, client, authenticator } = await watched()
  const revoked = await createServiceToken({ service: 'mpc', name: 'Old' })
  expect((await tell([event()], undefined, `Bearer ${revoked.token}`)).status).toBe(200)
  await revokeServiceToken(revoked.id)
  const key = await addKey('live', ['usage:read', 'keys:manage'])
  await register(client, authenticator, 'ada')
  const user = await signIn(client, authenticator, 'ada')
  const wrong = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`
  for (const presented of ['', 'Bearer x', `Bearer ${key.secret}`, `Bearer ${user.token}`, `Basic ${token}`]) {
    expectProblem(await tell([event()], undefined, presented), [401, 'token_invalid'])
  }
  for (const presented of [wrong, revoked.token]) {
    const answer = await tell([event()], undefined, `Bearer ${presented}`)
    expectProblem(answer, [401, 'token_invalid'])
    expect(answer.headers.get('www-authenticate')).toContain('realm="services"')
    expect(answer.text).not.toContain(presented)
  }
  expect((await byOperation()).filter(({ operation }) => operation?.startsWith('mpc.'))).toEqual([
    { operation: 'mpc.sign.finish', requests: 1, errors: 0 },
  ])
})
