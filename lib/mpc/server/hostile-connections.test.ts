import { randomUUID } from 'node:crypto'
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
