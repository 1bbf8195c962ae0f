import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ErrorCode } from '#lib/contract/errors.ts'
import { Client, type ClientSettings } from './client.ts'
import { ConnectionError, TimeoutError } from './connection-error.ts'
import { RateLimitedError, UnavailableError } from './errors.ts'
import { pace } from './pace.ts'

const { pause, random } = pace
/** The pauses that were made, in milliseconds. */
let pauses: number[]
beforeEach(() => {
  pauses = []
  pace.random = () => 0.5
  pace.pause = async (milliseconds) => void pauses.push(milliseconds)
})
afterEach(() => Object.assign(pace, { pause, random }))

type Reply = Response | Error | (() => Promise<Response>)

const ok = () => Response.json({ data: [], nextCursor: null, id: 'key_1' })
const broken = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) })
const lost = () => broken('ECONNRESET')
const away = () => broken('ECONNREFUSED')
const gateway = (status = 502) => new Response('<h1>Bad Gateway</h1>', { status })
function refused(status: number, code: ErrorCode, headers: Record<string, string> = {}) {
  const problem = { type: `urn:${code}`, title: code, status, detail: 'No.', code, requestId: 'r' }
  return Response.json(problem, { status, headers })
}
const limited = (retryAfter?: string) =>
  refused(429, 'rate_limited', retryAfter === undefined ? {} : { 'Retry-After': retryAfter })
const unavailable = (retryAfter?: string) =>
  refused(503, 'unavailable', retryAfter === undefined ? {} : { 'Retry-After': retryAfter })

/** A client that is given these replies in turn, and well-behaved ones after them; and what it sent. */
function clientFor(replies: Reply[], settings: ClientSettings = {}) {
  const sent: { method: string | undefined; idempotencyKey: string | null }[] = []
  const fetch: typeof globalThis.fetch = async (_, { method, headers } = {}) => {
    sent.push({ method, idempotencyKey: new Headers(headers).get('idempotency-key') })
    const reply = replies.shift() ?? ok()
    if (reply instanceof Error) throw reply
    return typeof reply === 'function' ? reply() : reply
  }
  return { client: new Client({ apiKey: 'sk_test_x', baseUrl: 'https://a.test', fetch, ...settings }), sent }
}

const wanted = { name: 'CI', scopes: ['usage:read' as const] }
type Calling = (client: Client) => Promise<unknown>
const read: Calling = (client) => client.keys.list()
const create: Calling = (client) => client.keys.create(wanted)
const begin: Calling = (client) => client.passkeys.register.begin({ username: 'ada' })
const finish: Calling = (client) => client.passkeys.authenticate.finish({ ceremonyId: 'c', credential: {} as never })

describe('what is tried again', () => {
  const rows: [what: string, call: Calling, reply: () => Reply, again: boolean][] = [
    ['a read that is refused for the moment', read, () => limited('1'), true],
    ['a read that is refused for the moment without saying for how long', read, () => limited(), true],
    ['a read of a server that is not ready', read, () => unavailable('2'), true],
    ['a read of a server that does not say when it is ready', read, () => unavailable(), true],
    ['a read whose answer is lost', read, lost, true],
    ['a read behind a gateway without a server', read, gateway, true],
    ['a read that failed', read, () => refused(500, 'internal'), false],
    ['a read of what is not there', read, () => refused(404, 'not_found'), false],
    ['a change of a name', (client) => client.keys.update('k', { name: 'x' }), lost, true],
    ['a deletion', (client) => client.passkeys.delete('p'), lost, true],
    ['a revocation', (client) => client.keys.revoke('k'), lost, true],
    ['the making of a key', create, lost, true],
    ['a rotation', (client) => client.keys.rotate('k'), () => unavailable(), true],
    [
      'the making of a key that is under way',
      create,
      () => refused(409, 'idempotency_conflict', { 'Retry-After': '1' }),
      true,
    ],
    ['another request’s Idempotency-Key', create, () => refused(409, 'idempotency_conflict'), false],
    ['a ceremony’s beginning whose answer is lost', begin, lost, false],
    ['a ceremony’s beginning that had no connection', begin, away, true],
    ['a ceremony’s end that had no connection', finish, away, true],
    ['a ceremony’s beginning behind a gateway without a server', begin, gateway, false],
    ['a ceremony’s beginning that a proxy did not take', begin, () => unavailable(), false],
    ['a ceremony’s beginning that the server did not take', begin, () => unavailable('2'), true],
    ['a ceremony’s beginning that is refused for the moment', begin, () => limited('1'), true],
    ['a ceremony’s end that is refused for the moment', finish, () => limited('1'), true],
    ['a ceremony’s end, which uses it up', finish, () => unavailable('2'), false],
    ['the making of a client’s secret', (client) => client.oauthClients.addSecret('c'), lost, true],
    ['a request for an approval', (client) => client.approvals.create({ action: {} as never }), gateway, true],
    ['another sending of an event', (client) => client.webhooks.deliveries.resend('d'), lost, true],
    ['the sending of an example', (client) => client.webhooks.test('w'), lost, false],
  ]
  test.each(rows)('%s', async (_, call, reply, again) => {
    const { client, sent } = clientFor([reply()])
    const outcome = await call(client).then(
      () => 'answered',
      () => 'refused',
    )
    expect([outcome, sent.length, pauses.length]).toEqual(again ? ['answered', 2, 1] : ['refused', 1, 0])
  })

  test('twice by default, as often as it is told, or not at all; then the last error is thrown', async () => {
    for (const [settings, times] of [
      [{}, 3] as const,
      [{ maxRetries: 5 }, 6] as const,
      [{ maxRetries: 0 }, 1] as const,
    ]) {
      const { client, sent } = clientFor(Array.from({ length: 9 }, lost), settings)
      await expect(read(client)).rejects.toThrow(ConnectionError)
      expect(sent).toHaveLength(times)
    }
    const { client, sent } = clientFor([lost(), lost()])
    await expect(client.tenant({ maxRetries: 0 })).rejects.toThrow(ConnectionError)
    expect(sent).toHaveLength(1)
  })

  test.each([
    ['the connection', lost, true],
    ['the time', () => new TypeError('network error'), true],
    ['a gateway', gateway, true],
    ['a gateway that waited', () => gateway(504), true],
    ['a proxy that does not say when', unavailable, true],
    ['nothing: there was no connection', away, false],
    ['nothing: no such host', () => broken('ENOTFOUND'), false],
    ['nothing: the server was not ready', () => unavailable('1'), false],
    ['nothing: it was too much', () => limited('1'), false],
  ])('a deletion of what is gone then is done where its answer was lost by %s', async (_, first, done) => {
    const gone = () => refused(404, 'not_found')
    const outcome = (call: Promise<unknown>) =>
      call.then(
        () => 'done',
        (error) => error.code,
      )
    expect(await outcome(clientFor([first(), gone()]).client.passkeys.delete('p'))).toBe(done ? 'done' : 'not_found')
    expect(await outcome(clientFor([first(), gone()]).client.keys.read('k'))).toBe('not_found')
    expect(await outcome(clientFor([gone()]).client.passkeys.delete('p'))).toBe('not_found')
  })
})

describe('an Idempotency-Key', () => {
  test('is made for each call that takes one, and the same for all its tries', async () => {
    const { client, sent } = clientFor([lost(), lost()])
    await create(client)
    await create(client)
    await client.keys.rotate('k')
    const [first, second, third, ...others] = sent.map(({ idempotencyKey }) => idempotencyKey)
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect([second, third]).toEqual([first, first])
    expect(new Set([first, ...others]).size).toBe(3)
  })

  test('is the caller’s own where one is given', async () => {
    const { client, sent } = clientFor([lost()])
    await client.keys.create(wanted, { idempotencyKey: 'mine' })
    expect(sent.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['mine', 'mine'])
  })

  test('is sent by no call that takes none', async () => {
    const { client, sent } = clientFor([])
    for (const call of [read, begin, finish]) await call(client)
    expect(sent.map(({ idempotencyKey }) => idempotencyKey)).toEqual([null, null, null])
  })
})

describe('a pause', () => {
  test('grows, and is random', async () => {
    await expect(read(clientFor(Array.from({ length: 9 }, lost), { maxRetries: 7 }).client)).rejects.toThrow()
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000, 4_000])
    pace.random = () => 0
    await read(clientFor([lost()]).client)
    expect(pauses.at(-1)).toBe(0)
  })

  test('is never shorter than Retry-After says, in seconds or as a date', async () => {
    await read(clientFor([limited('7')]).client)
    vi.setSystemTime('2030-01-01T00:00:00Z')
    try {
      await read(clientFor([limited('Tue, 01 Jan 2030 00:00:09 GMT')]).client)
      await read(clientFor([limited('Mon, 31 Dec 2029 23:59:09 GMT')]).client)
    } finally {
      vi.useRealTimers()
    }
    expect(pauses).toEqual([7_250, 9_250, 250])
  })

  test.each(['-5', '1e9', 'soon', '', '99999999999999999999'])(
    'goes by nothing that is no Retry-After: “%s”',
    async (text) => {
      const { client, sent } = clientFor([limited(text), limited(text), limited(text)])
      await expect(read(client)).rejects.toMatchObject({ retryAfter: undefined })
      expect([sent.length, pauses]).toEqual([3, [250, 500]])
    },
  )

  test('longer than a minute is left to the caller, who is told', async () => {
    const { client, sent } = clientFor([limited('61')])
    await expect(read(client)).rejects.toMatchObject({ retryAfter: 61 })
    expect([sent.length, pauses]).toEqual([1, []])
    await read(clientFor([limited('60')]).client)
    expect(pauses).toEqual([60_250])
  })

  test('that would outlast the time for all tries is not made', async () => {
    const { client, sent } = clientFor([unavailable('5')], { totalTimeout: 4_000 })
    await expect(read(client)).rejects.toThrow(UnavailableError)
    expect([sent.length, pauses]).toEqual([1, []])
    await expect(read(clientFor([unavailable('5')], { totalTimeout: 40_000 }).client)).resolves.toBeDefined()
  })

  test('ends at once with the signal, whose reason is passed on, and nothing more is sent', async () => {
    pace.pause = pause
    const controller = new AbortController()
    const reason = { why: 'changed my mind' }
    const onRetry = () => queueMicrotask(() => controller.abort(reason))
    const { client, sent } = clientFor([limited('50')], { onRetry })
    await expect(client.tenant({ signal: controller.signal })).rejects.toBe(reason)
    expect(sent).toHaveLength(1)
  })
})

describe('a signal', () => {
  test('that is aborted already sends nothing', async () => {
    const { client, sent } = clientFor([])
    await expect(client.tenant({ signal: AbortSignal.abort('no') })).rejects.toBe('no')
    expect(sent).toHaveLength(0)
  })

  test('ends a request that does not listen to it', async () => {
    const controller = new AbortController()
    const never = () => new Promise<Response>(() => queueMicrotask(() => controller.abort(null)))
    const { client, sent } = clientFor([never])
    await expect(client.tenant({ signal: controller.signal })).rejects.toBeNull()
    expect(sent).toHaveLength(1)
  })
})

describe('a request that is not answered', () => {
  const never = () => new Promise<Response>(() => undefined)

  test('ends when its time is over, and is tried again where that does no harm', async () => {
    const { client, sent } = clientFor([never], { timeout: 5 })
    await read(client)
    expect(sent).toHaveLength(2)
    const once = clientFor([never], { timeout: 5 })
    const error = (await begin(once.client).catch((error) => error)) as TimeoutError
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toBeInstanceOf(ConnectionError)
    expect([once.sent.length, error.name, error.message]).toEqual([1, 'TimeoutError', 'No answer came within 5 ms.'])
  })

  test('ends when the time for all tries is over', async () => {
    const { client, sent } = clientFor([never], { totalTimeout: 5 })
    await expect(read(client)).rejects.toThrow(TimeoutError)
    expect(sent).toHaveLength(1)
  })
})

describe('hooks', () => {
  test('hear of every request, and never of its key, its query or its body', async () => {
    const heard: [string, object][] = []
    const hear = (name: string) => (event: object) => void heard.push([name, event])
    const hooks = { onRequest: hear('request'), onResponse: hear('response'), onRetry: hear('retry') }
    const answered = Response.json({ data: [], nextCursor: null }, { headers: { 'X-Request-Id': 'req_2' } })
    const { client } = clientFor([lost(), limited('1'), answered], hooks)
    await client.passkeys.list({ username: 'ada' }, { userToken: 'ey.user' })
    const of = { method: 'GET', path: '/v1/passkeys' }
    const milliseconds = expect.any(Number)
    const nothing = { status: undefined, requestId: undefined }
    const refusal = { status: 429, requestId: 'r' }
    expect(heard).toEqual([
      ['request', { ...of, attempt: 1 }],
      ['response', { ...of, attempt: 1, ...nothing, milliseconds }],
      ['retry', { ...of, attempt: 1, ...nothing, milliseconds: 250 }],
      ['request', { ...of, attempt: 2 }],
      ['response', { ...of, attempt: 2, ...refusal, milliseconds }],
      ['retry', { ...of, attempt: 2, ...refusal, milliseconds: 1_500 }],
      ['request', { ...of, attempt: 3 }],
      ['response', { ...of, attempt: 3, status: 200, requestId: 'req_2', milliseconds }],
    ])
    expect(JSON.stringify(heard)).not.toMatch(/sk_test_x|ey\.user|ada/)
  })

  test.each([
    [
      'throw',
      () => {
        throw new Error('no')
      },
    ],
    // One that nobody hears would fail this file.
    ['reject', async () => Promise.reject(new Error('no'))],
  ])('that %s change nothing', async (_, hook) => {
    const { client, sent } = clientFor([limited()], { onRequest: hook, onResponse: hook, onRetry: hook })
    await read(client)
    expect(sent).toHaveLength(2)
  })
})

test('a refusal that stays is thrown as its code’s error', async () => {
  const { client } = clientFor([limited('1'), limited('1'), limited('3')])
  const error = await read(client).catch((error) => error)
  expect(error).toBeInstanceOf(RateLimitedError)
  expect(error).toMatchObject({ code: 'rate_limited', status: 429, retryAfter: 3, docs: 'urn:rate_limited' })
})
