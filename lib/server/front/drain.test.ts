import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { expect, test, vi } from 'vitest'
import { serve } from '../../setup/serve.ts'

// A server takes about a second to start on a quiet machine.
vi.setConfig({ testTimeout: 60_000 })

const demoKey = /sk_test_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/
type Server = Awaited<ReturnType<typeof serve>>

async function started(): Promise<Server> {
  const server = await serve('start')
  await expect.poll(() => server.output.join('')).toContain('Ctrl+C')
  return server
}

/** A request that is under way: the server has read its head, and waits for the body. */
async function underWay(
  server: Server,
  body: string,
): Promise<{ outgoing: ClientRequest; answer: Promise<IncomingMessage> }> {
  const headers = {
    Authorization: `Bearer ${server.output.join('').match(demoKey)?.[0]}`,
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    Expect: '100-continue',
  }
  const agent = new Agent({ keepAlive: true })
  const outgoing = request(`${server.baseUrl}/v1/passkeys/register/begin`, { method: 'POST', headers, agent })
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', (incoming) => resolve(incoming.resume())).once('error', reject)
  })
  await new Promise((resolve) => outgoing.once('continue', resolve).flushHeaders())
  return { outgoing, answer }
}

/** Asks on a connection of an agent's. */
function ask(server: Server, path: string, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(`${server.baseUrl}${path}`, { agent }, (incoming) => {
      incoming.resume().once('end', () => resolve(incoming))
    })
      .once('error', reject)
      .end()
  })
}

test('SIGTERM is told by /readyz and with every answer, also on connections that were idle, and of pages', async () => {
  const server = await started()
  const [idle, other] = [new Agent({ keepAlive: true, maxSockets: 1 }), new Agent({ keepAlive: true, maxSockets: 1 })]
  for (const agent of [idle, other]) expect((await ask(server, '/readyz', agent)).headers.connection).toBe('keep-alive')
  const { outgoing, answer } = await underWay(server, '{"username":"ada"}')
  const ended = server.stop()
  await expect.poll(async () => (await ask(server, '/readyz', new Agent())).statusCode, { interval: 20 }).toBe(503)
  const [ready, page] = await Promise.all([ask(server, '/readyz', idle), ask(server, '/playground', other)])
  expect([ready.statusCode, ready.headers.connection, ready.headers['retry-after']]).toEqual([503, 'close', '5'])
  expect([page.statusCode, page.headers.connection]).toEqual([200, 'close'])
  outgoing.end('{"username":"ada"}')
  const { statusCode, headers } = await answer
  expect([statusCode, headers.connection]).toEqual([200, 'close'])
  expect(await ended).toBe(0)
})

test('SIGTERM lets a request under way end, takes no new one after a grace, and ends with 0', async () => {
  const server = await started()
  const { outgoing, answer } = await underWay(server, '{"username":"ada"}')
  const ended = server.stop()
  await expect.poll(() => fetch(`${server.baseUrl}/livez`).catch(() => 'refused')).toBe('refused')
  outgoing.end('{"username":"ada"}')
  expect((await answer).statusCode).toBe(200)
  expect(await ended).toBe(0)
})

test('SIGTERM ends a server soon that only has idle connections', async () => {
  const server = await serve('start')
  await Promise.all(Array.from({ length: 10 }, async () => (await fetch(`${server.baseUrl}/livez`)).text()))
  const began = Date.now()
  expect(await server.stop()).toBe(0)
  expect(Date.now() - began).toBeLessThan(8_500)
})

test('a second signal, whichever, ends the server at once', async () => {
  const server = await started()
  const { answer } = await underWay(server, '{"username":"ada"}')
  const lost = answer.catch((error) => error.code)
  const ended = server.stop('SIGINT')
  await expect.poll(async () => (await fetch(`${server.baseUrl}/readyz`)).status, { interval: 20 }).toBe(503)
  server.child.kill('SIGTERM')
  expect(await ended).toBe(1)
  expect(await lost).toBe('ECONNRESET')
})
