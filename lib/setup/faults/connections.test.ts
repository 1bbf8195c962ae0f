import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { newTenant } from '../../server/api/suite/harness.ts'
import { closeDatabase } from '../../server/db/database.ts'
import { dispatch } from '../../server/front/dispatch.ts'
import { type Front, listen } from '../../server/front/server.ts'
import { freePort } from '../serve.ts'
import { of } from './whole.ts'

// Clients that are slow, that never end, and that are gone in the middle: limits hold, others are served, and nothing of them stays.

vi.setConfig({ testTimeout: 180_000 })

const many = of(30, 400)
/** What the server has open. */
const open = new Set<Socket>()
/** How many came so far. */
let came = 0
const noted = (message: unknown) => {
  const { socket } = message as { socket: Socket }
  if (socket.localPort !== port) return
  open.add(socket)
  came++
  socket.once('close', () => open.delete(socket))
}
let front: Front
let port: number
let home: Awaited<ReturnType<typeof newTenant>>

beforeAll(async () => {
  subscribe('net.server.socket', noted)
  port = await freePort()
  front = await listen(port, '127.0.0.1')
  front.answerWith(dispatch((_, outgoing) => outgoing.end('page')))
  home = await newTenant()
})
afterAll(async () => {
  await front.drain()
  unsubscribe('net.server.socket', noted)
  await closeDatabase()
})

/** A connection that has sent so much, and what came back on it. */
async function sending(text: string): Promise<{ socket: Socket; heard: () => string; ended: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  let heard = ''
  socket.on('data', (chunk) => (heard += chunk))
  const ended = once(socket, 'close')
  await once(socket, 'connect')
  socket.write(text)
  return { socket, heard: () => heard, ended }
}

const head = (path: string, secret = home.key.secret) =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: ${secret}\r\nContent-Type: application/json\r\n`
const begin = '/v1/passkeys/register/begin'

/** Each of them leaves something undone. */
const unfinished: Record<string, () => string> = {
  'nothing at all': () => '',
  'half a request line': () => 'GET /v1/ten',
  'half a head': () => head(begin).slice(0, -10),
  'a head that goes on': () => `${head(begin)}X-More: ${'x'.repeat(1000)}\r\n`,
  'half a body': () => `${head(begin, 'sk_test_none')}Content-Length: 100\r\n\r\n{"username":`,
  'half a chunk': () => `${head(begin, 'sk_test_none')}Transfer-Encoding: chunked\r\n\r\nff\r\n{"usern`,
  'a body that was announced and asked for': () =>
    `${head(begin, 'sk_test_none')}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n`,
}

async function asked(path: string, secret?: string): Promise<number> {
  const headers: Record<string, string> = secret ? { 'X-API-Key': secret } : {}
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { ...headers, Connection: 'close' } })
  await answer.arrayBuffer()
  return answer.status
}

const served = async () => {
  for (const path of ['/livez', '/v1/openapi.json', '/playground']) expect(await asked(path)).toBe(200)
  const { secret } = home.key
  expect(await asked('/v1/tenant', secret)).toBe(200)
}

test.each(Object.entries(unfinished))(
  'others are served beside connections that send %s, and nothing of these stays',
  async (_, text) => {
    const before = came
    const clients = await Promise.all(Array.from({ length: many }, () => sending(text())))
    await expect.poll(() => came - before).toBeGreaterThanOrEqual(many)
    await served()
    for (const [at, { socket }] of clients.entries()) at % 2 ? socket.destroy() : socket.resetAndDestroy()
    await Promise.all(clients.map(({ ended }) => ended))
    await expect.poll(() => open.size).toBe(0)
    await served()
  },
)

test('an answer that nobody reads to its end holds nothing up, and is let go', async () => {
  const text = 'GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n'
  const clients = await Promise.all(Array.from({ length: of(20, 100) }, () => sending(text.repeat(2))))
  for (const { socket } of clients) socket.pause()
  await served()
  for (const { socket } of clients) socket.destroy()
  await expect.poll(() => open.size).toBe(0)
  await served()
})

test('the slots of a key come back from requests that were cut in the middle of their body', async () => {
  const { key } = await newTenant()
  const body = `${head(begin, key.secret)}Content-Length: 100\r\n\r\n{"username":`
  for (let round = 0; round < 3; round++) {
    const clients = await Promise.all(Array.from({ length: 5 }, () => sending(body)))
    // A test key has five: these hold them all.
    await expect.poll(() => asked('/v1/tenant', key.secret)).toBe(429)
    for (const { socket } of clients) socket.resetAndDestroy()
    await expect.poll(() => asked('/v1/tenant', key.secret)).toBe(200)
  }
  await expect.poll(() => open.size).toBe(0)
})

test('a client that shuts its half of a connection is taken for one that is gone: it ends, and holds nothing', async () => {
  const { key } = await newTenant()
  const half = `${head(begin, key.secret)}Content-Length: 100\r\n\r\n{"username":`
  const whole = `${head(begin, key.secret)}Content-Length: 18\r\n\r\n{"username":"ada"}`
  for (const text of [half, whole]) {
    const clients = await Promise.all(Array.from({ length: 5 }, () => sending(text)))
    if (text === half) await expect.poll(() => asked('/v1/tenant', key.secret)).toBe(429)
    for (const { socket } of clients) socket.end()
    await Promise.all(clients.map(({ ended }) => ended))
    await expect.poll(() => asked('/v1/tenant', key.secret)).toBe(200)
  }
  const silent = await Promise.all(Array.from({ length: many }, () => sending('')))
  for (const { socket } of silent) socket.end()
  await Promise.all(silent.map(({ ended }) => ended))
  await expect.poll(() => open.size).toBe(0)
})

// It takes as long as the server is patient: half a minute, and until it looks.
test.runIf(of(false, true))('a request that does not end is ended by the server, and its slots come back', async () => {
  const { key } = await newTenant()
  const texts = Object.values(unfinished).slice(1)
  const slow = `${head(begin, key.secret)}Content-Length: 100\r\n\r\n{"username":`
  const clients = await Promise.all([
    ...texts.map((text) => sending(text())),
    ...Array.from({ length: 5 }, () => sending(slow)),
  ])
  const drip = setInterval(() => {
    for (const { socket } of clients) if (socket.writable) socket.write('a')
  }, 1_000)
  await Promise.all(clients.map(({ ended }) => ended))
  clearInterval(drip)
  await expect.poll(() => asked('/v1/tenant', key.secret)).toBe(200)
  await expect.poll(() => open.size).toBe(0)
})
