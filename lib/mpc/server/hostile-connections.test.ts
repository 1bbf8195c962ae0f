import { randomUUID } from 'node:crypto'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startIssuer } from '../../setup/issuer.ts'
import { mpcUser, refusalOf } from '../../setup/mpc-user.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'

// What anybody who reaches the port can send, without a token: each time others are served as before.

vi.setConfig({ testTimeout: 30_000 })

const issuer = await startIssuer()
let server: Awaited<ReturnType<typeof serveMpc>>
beforeAll(async () => {
  server = await serveMpc({ MPC_ISSUER: issuer.url })
})
afterAll(async () => {
  await server.stop('SIGKILL')
  await issuer.stop()
})

const user = () => mpcUser(issuer, server.url, { sub: `usr_${randomUUID()}` })

async function isServing(): Promise<boolean> {
  const { keys, headers } = await user()
  return (await keys.list({}, { ...headers(), timeoutMs: 5_000 })).keys.length === 0
}

/** A connection on which bytes go out as they are given. */
async function opened(): Promise<Socket> {
  const socket = connect(server.port, 'localhost')
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket
}

function answerOn(socket: Socket): Promise<string> {
  return new Promise((resolve) => socket.once('data', (chunk) => resolve(String(chunk))))
}

const list = (host: string) =>
  `POST /mpc.v1.KeyService/List HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`

test('a connection that begins with one byte and waits keeps nobody from being served, and is served when it goes on', async () => {
  const socket = await opened()
  const call = list('localhost')
  socket.write(call.slice(0, 1))
  expect(await isServing()).toBe(true)
  const answer = answerOn(socket)
  socket.write(call.slice(1))
  expect(await answer).toMatch(/^HTTP\/1\.1 401 /)
  socket.destroy()
})

test('a request for a host that is none is answered 400, and the server lives', async () => {
  const socket = await opened()
  for (const [host, status] of [
    ['localhost', 401],
    ['[', 400],
    ['a b', 400],
    ['localhost:99999', 400],
  ] as const) {
    const answer = answerOn(socket)
    socket.write(list(host))
    expect([host, (await answer).slice(0, 12)]).toEqual([host, `HTTP/1.1 ${status}`])
  }
  socket.destroy()
  expect(await isServing()).toBe(true)
  expect(server.output.join('')).not.toMatch(/Error/)
})

test('a refusal of what is long is short enough to arrive', async () => {
  const { makeKey, sign, headers } = await user()
  const made = await makeKey()
  const point = new Uint8Array(32)
  const commitments = [{ party: '\u0000'.repeat(10_000), hiding: point, binding: point }]
  const call = sign.begin({ keyId: made.id, message: point, commitments }, headers(randomUUID()))
  expect(await refusalOf(call)).toMatchObject({ code: 'InvalidArgument', reason: 'parties_invalid' })
})

test('health is watched by so many at once and no more, each is told, and checks go on', async () => {
  const sent = Buffer.from([0, 0, 0, 0, 0])
  const headers = { ':method': 'POST', 'content-type': 'application/grpc', te: 'trailers' }
  /** What the first frame says: that it serves, or the trailers of a refusal. */
  const ask = async (session: ReturnType<typeof connectHttp2>, method: string): Promise<string> => {
    const stream = session.request({ ...headers, ':path': `/grpc.health.v1.Health/${method}` })
    stream.on('error', () => undefined).end(sent)
    return new Promise((resolve) => {
      stream.once('data', () => resolve('told'))
      stream.once('trailers', (trailers) => resolve(String(trailers['grpc-status'])))
      stream.resume()
    })
  }
  const sessions = [connectHttp2(server.url), connectHttp2(server.url)] as const
  const watches = sessions.map((session) => Promise.all(Array.from({ length: 110 }, () => ask(session, 'Watch'))))
  const answers = (await Promise.all(watches)).flat()
  expect(answers.filter((answer) => answer === 'told')).toHaveLength(200)
  expect(new Set(answers)).toEqual(new Set(['told', '8']))
  expect(await ask(sessions[0], 'Check')).toBe('told')
  for (const session of sessions) session.destroy()
  const later = connectHttp2(server.url)
  await expect.poll(() => ask(later, 'Watch')).toBe('told')
  later.destroy()
  expect(await isServing()).toBe(true)
})

test('a client that shuts its half of a connection is let go at once', async () => {
  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
  const calls = [list('localhost').slice(0, -1), list('localhost').slice(0, 40), list('localhost')]
  for (const text of [...calls, preface, preface.slice(0, 10), 'P', '']) {
    const socket = await opened()
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.resume().on('error', () => undefined)
    socket.end(text)
    // Else it would stay for as long as the server is patient, or for ever.
    await closed
  }
  expect(await isServing()).toBe(true)
})

test('reflection that is asked without end, and whose answers nobody reads, keeps nobody from being served', async () => {
  const name = Buffer.from('mpc.v1.SignService')
  const request = Buffer.concat([Buffer.from([0x22, name.length]), name])
  const framed = Buffer.concat([Buffer.from([0, 0, 0, 0, request.length]), request])
  const many = Buffer.concat(Array.from({ length: 1_000 }, () => framed))
  const headers = { ':method': 'POST', 'content-type': 'application/grpc', te: 'trailers' }
  const path = '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo'
  const session = connectHttp2(server.url)
  const streams = Array.from({ length: 100 }, () => session.request({ ...headers, ':path': path }))
  for (const stream of streams) stream.on('error', () => undefined).write(many)
  await Promise.all(streams.map((stream) => new Promise((resolve) => stream.once('response', resolve))))
  expect(await isServing()).toBe(true)
  session.destroy()
  expect(await isServing()).toBe(true)
})
