import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../setup/serve.ts'
import { Client, type ClientSettings } from './client.ts'
import { pace } from './pace.ts'

// A real server that answers in every way but the right one, over the wire: what a caller gets, how often it was asked, and
// that no secret of the request comes back in it.

const apiKey = 'sk_test_AAAAAAAAAAAA_secret'
const userToken = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3IifQ.signature'

type Answering = (response: ServerResponse, socket: Socket) => void

const { pause } = pace
let server: Server
let baseUrl: string
let answering: Answering
let asked: { url: string | undefined; authorization: string | undefined }[]

beforeAll(async () => {
  server = createServer((request, response) => {
    const { url, headers, socket } = request
    asked.push({ url, authorization: headers.authorization })
    request.resume()
    answering(response, socket)
  }).listen(0)
  await once(server, 'listening')
  baseUrl = `http://localhost:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
  pace.pause = async () => undefined
})
afterEach(() => {
  pace.pause = pause
})

/** What a read of a list is answered with, or the error that it throws. */
async function read(answer: Answering, settings: ClientSettings = {}): Promise<unknown> {
  answering = answer
  const client = new Client({ apiKey, baseUrl, ...settings })
  return client.passkeys.list({}, { userToken }).then(
    (list) => list,
    (error: unknown) => error,
  )
}

const raw =
  (text: string): Answering =>
  (_, socket) =>
    void socket.end(text)
const answer =
  (status: number, headers: Record<string, string>, body: string | Buffer): Answering =>
  (response) =>
    void response.writeHead(status, headers).end(body)
const json = { 'Content-Type': 'application/json' }
const page = '{"data":[],"nextCursor":null}'
const problem = (more: object = {}) =>
  JSON.stringify({ title: 'No', detail: 'Not now.', code: 'rate_limited', ...more })

const connection = { name: 'ConnectionError' }
const unreadable = { name: 'UnreadableAnswerError' }

const rows: [what: string, answer: Answering, expected: object, times: number][] = [
  ['closes before its headers', (_, socket) => socket.destroy(), { ...connection, reason: 'UND_ERR_SOCKET' }, 3],
  ['resets the connection', (_, socket) => socket.resetAndDestroy(), { ...connection, reason: 'ECONNRESET' }, 3],
  [
    'closes after its headers',
    (response, socket) => void response.writeHead(200, json).write('', () => setImmediate(() => socket.destroy())),
    connection,
    3,
  ],
  [
    'sends half a body',
    (response, socket) => void response.writeHead(200, json).write('{"data":', () => socket.destroy()),
    connection,
    3,
  ],
  [
    'sends half a body without its length',
    raw('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"data":['),
    { ...unreadable, status: 200 },
    1,
  ],
  ['promises more than it sends', raw(`HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n${page}`), connection, 3],
  ['speaks no HTTP', raw('+OK ready\r\n'), connection, 3],
  ['says gzip and sends rubbish', answer(200, { 'Content-Encoding': 'gzip' }, 'rubbish'), connection, 3],
  [
    'is a proxy’s page',
    answer(200, { 'Content-Type': 'text/html' }, '<h1>Sign in</h1>'),
    { ...unreadable, status: 200 },
    1,
  ],
  ['says that all is well, and nothing else', answer(200, {}, ''), { ...unreadable, status: 200 }, 1],
  ['has the wrong content type', answer(200, { 'Content-Type': 'text/plain' }, page), { data: [] }, 1],
  ['sends more than any answer has', answer(200, json, Buffer.alloc(33 * 1024 * 1024, '1')), unreadable, 1],
  ['leads elsewhere', answer(302, { Location: '/elsewhere' }, ''), { ...unreadable, status: 302 }, 1],
  ['leads elsewhere for ever', answer(308, { Location: '/v1/passkeys' }, ''), { ...unreadable, status: 308 }, 1],
  [
    'is a gateway without a server',
    answer(502, { 'Content-Type': 'text/html' }, '<h1>Bad Gateway</h1>'),
    { status: 502, code: 'unavailable', name: expect.stringMatching(/^(?:Api|Unavailable)Error$/) },
    3,
  ],
  [
    'has a problem with no members but its code',
    answer(404, json, '{"code":"not_found","detail":"No."}'),
    { status: 404, code: 'not_found', docs: 'about:blank', requestId: '' },
    1,
  ],
  [
    'says another status in its problem',
    answer(404, json, problem({ status: 200, code: 'not_found' })),
    { status: 404, code: 'not_found' },
    1,
  ],
  ['has a refusal that is null', answer(500, json, 'null'), { status: 500, code: 'unavailable' }, 1],
  [
    'asks for a wait until a day that is past',
    answer(429, { 'Retry-After': 'Sun, 06 Nov 1994 08:49:37 GMT' }, problem()),
    { status: 429, retryAfter: 0 },
    3,
  ],
  [
    'asks for a wait of a year',
    answer(429, { 'Retry-After': '31536000' }, problem()),
    { status: 429, retryAfter: 31_536_000 },
    1,
  ],
  [
    'asks for a wait below nothing',
    answer(429, { 'Retry-After': '-1' }, problem()),
    { status: 429, retryAfter: undefined },
    3,
  ],
]

describe('a server that', () => {
  test.each(rows)('%s', async (_, answering, expected, times) => {
    expect(await read(answering)).toMatchObject(expected)
    expect(asked).toHaveLength(times)
  })

  test('never answers is not waited for', async () => {
    expect(await read(() => undefined, { timeout: 250 })).toMatchObject({ name: 'TimeoutError' })
    expect(asked).toHaveLength(3)
  })

  test('trickles its answer is not waited for, however much comes', async () => {
    const trickling: Answering = (response) => {
      response.writeHead(200, json)
      const timer = setInterval(() => response.write(' '), 2)
      response.once('close', () => clearInterval(timer))
    }
    expect(await read(trickling, { timeout: 30, maxRetries: 0 })).toMatchObject({ name: 'TimeoutError' })
  })

  test('is not there at all', async () => {
    const client = new Client({ apiKey, baseUrl: `http://localhost:${await freePort()}` })
    await expect(client.tenant()).rejects.toMatchObject({ ...connection, reason: 'ECONNREFUSED' })
  })

  test('leads elsewhere never hears of the key there', async () => {
    const elsewhere = new Set<string | undefined>()
    const other = createServer(({ headers }, response) => {
      elsewhere.add(headers.authorization)
      response.end(page)
    }).listen(0)
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    await read(answer(307, { Location: `http://localhost:${port}/v1/passkeys` }, ''))
    other.close()
    expect([...elsewhere]).toEqual([])
  })

  test('is well again is heard, once', async () => {
    const answers = [rows[0]?.[1], answer(503, { 'Retry-After': '1' }, ''), answer(200, json, page)]
    expect(await read((...sent) => answers.shift()?.(...sent))).toEqual({ data: [], nextCursor: null })
    expect(asked).toHaveLength(3)
  })
})

describe('a secret of the request', () => {
  const secrets = new RegExp([apiKey, userToken, 'other-secret'].join('|').replaceAll('.', '\\.'))
  /** Everything that a log can show of it. */
  const shown = (value: unknown) => [
    inspect(value, { showHidden: true, depth: 20, getters: true }),
    JSON.stringify(value),
    String(value),
    String((value as Error).stack),
  ]

  test('is in no error, whatever the server says back', async () => {
    const echo = `${apiKey} ${userToken}`
    const echoing: Answering[] = [
      answer(403, json, problem({ detail: echo, title: echo, code: 'insufficient_scope', requestId: echo })),
      answer(400, json, problem({ code: 'invalid_request', issues: [{ path: apiKey, message: userToken }] })),
      answer(500, { 'Content-Type': 'text/html' }, echo),
      answer(200, { 'Content-Type': 'text/html' }, `<pre>${echo}</pre>`),
      answer(200, { 'Content-Type': 'text/x-echo' }, echo),
      raw(`HTTP/1.1 200 ${apiKey}\r\n${apiKey}\r\n\r\n`),
      raw(`HTTP/1.1 500 ${apiKey}\r\nX-Request-Id: ${apiKey}\r\nContent-Type: ${apiKey}\r\nContent-Length: 0\r\n\r\n`),
      raw(`HTTP/1.1 200 OK\r\nX-Request-Id: ${apiKey}\r\nContent-Type: ${apiKey}\r\nContent-Length: 0\r\n\r\n`),
      ...rows.map(([, answer]) => answer),
    ]
    for (const one of echoing) {
      const error = await read(one, { maxRetries: 0 })
      for (const text of shown(error)) expect(text).not.toMatch(secrets)
    }
    expect(asked.every(({ authorization }) => authorization === `Bearer ${apiKey}`)).toBe(true)
  })

  test('that is too short to be one leaves the server’s words as they are', async () => {
    const refusal = problem({ code: 'api_key_invalid' })
    const error = await read(answer(401, json, refusal), { apiKey: 'key' })
    expect(error).toMatchObject({ status: 401, code: 'api_key_invalid' })
  })

  test('is in no error of a fetch that has the request in its own', async () => {
    const fetch: typeof globalThis.fetch = async (_, init) => {
      throw new TypeError(`fetch failed: ${JSON.stringify(init?.headers)}`, { cause: init })
    }
    const error = await read(() => undefined, { fetch, maxRetries: 0 })
    expect(error).toMatchObject(connection)
    for (const text of shown(error)) expect(text).not.toMatch(secrets)
  })

  test.each([
    ['a key with a line in it', { apiKey: `${apiKey}\nother-secret` }],
    ['a key with quotation marks', { apiKey: `“${apiKey}”` }],
    ['a token with a space', { accessToken: `${userToken} other-secret` }],
  ])('is in no error of %s, and nothing is sent', async (_, settings) => {
    const error = await new Client({ baseUrl, ...settings }).tenant().catch((error) => error)
    expect(error).toBeInstanceOf(TypeError)
    for (const text of shown(error)) expect(text).not.toMatch(secrets)
    expect(asked).toHaveLength(0)
  })

  test('may have white space around it, as a file’s last line has', async () => {
    answering = answer(200, json, page)
    await new Client({ baseUrl, apiKey: `${apiKey}\n` }).tenant()
    expect(asked[0]?.authorization).toBe(`Bearer ${apiKey}`)
  })

  test('is not shown by the client', () => {
    const client = new Client({ apiKey, baseUrl })
    const app = new Client({ accessToken: userToken, baseUrl })
    const mpc = client.mpc({ token: userToken, shares: {} as never })
    for (const text of [client, app, mpc].flatMap(shown)) expect(text).not.toMatch(secrets)
  })
})
