import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createRawServer, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { newDataDir } from '../../setup/isolated.ts'
import { selfSigned } from '../../setup/self-signed.ts'
import { env } from '../env.ts'
import { type CallOut, callOut } from './call-out.ts'
import { resolver } from './resolver.ts'

const { addressesOf } = resolver
const servers: Server[] = []
const sockets = new Set<Socket>()

beforeEach(() => {
  env().webhookAllowPrivate = true
})
afterEach(() => {
  resolver.addressesOf = addressesOf
})
afterAll(() => {
  for (const server of servers) server.close()
  for (const socket of sockets) socket.destroy()
})

async function listening<Listener extends Server>(server: Listener): Promise<number> {
  servers.push(server)
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, resolve))
  return (server.address() as AddressInfo).port
}
const answering = async (listener: RequestListener) => `http://localhost:${await listening(createServer(listener))}/`

const call = (url: string, more: Partial<CallOut> = {}) =>
  callOut({ url, method: 'POST', headers: {}, body: '{}', timeoutMs: 20_000, maxAnswerBytes: 4096, ...more })

test('what is sent arrives, and the answer comes back', async () => {
  const url = await answering(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method, headers } = incoming
    outgoing
      .setHeader('X-Other', 'yes')
      .end(JSON.stringify({ method, header: headers['x-one'], body: String(Buffer.concat(chunks)) }))
  })
  const outcome = await call(url, { headers: { 'X-One': '1' }, body: 'ä' })
  expect(outcome).toMatchObject({ outcome: 'answered', status: 200, truncated: false, headers: { 'x-other': 'yes' } })
  expect(outcome.outcome === 'answered' && JSON.parse(String(outcome.body))).toEqual({
    method: 'POST',
    header: '1',
    body: 'ä',
  })
})

test('of a long answer the beginning is read, and no more', async () => {
  const url = await answering((_, outgoing) => outgoing.end(Buffer.alloc(3_000_000, 'x')))
  const outcome = await call(url)
  expect(outcome).toMatchObject({ outcome: 'answered', truncated: true, body: Buffer.alloc(4096, 'x') })
  const exact = await answering((_, outgoing) => outgoing.end(Buffer.alloc(4096, 'x')))
  expect(await call(exact)).toMatchObject({ truncated: false, body: Buffer.alloc(4096, 'x') })
})

test('a redirect is an answer, and is not followed', async () => {
  let followed = 0
  const elsewhere = await answering((_, outgoing) => {
    followed++
    outgoing.end()
  })
  const url = await answering((_, outgoing) => outgoing.writeHead(307, { Location: elsewhere }).end())
  expect(await call(url)).toMatchObject({ outcome: 'answered', status: 307 })
  expect(followed).toBe(0)
})

const silent: Record<string, () => Promise<string>> = {
  'an endpoint that never answers': () => answering(() => undefined),
  'one that trickles its answer': () =>
    answering((_, outgoing) => {
      const timer = setInterval(() => outgoing.write('x'), 5)
      outgoing.once('close', () => clearInterval(timer))
    }),
  'one that trickles its head': async () => {
    const server = createRawServer((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 5)
      socket.once('close', () => clearInterval(timer)).on('error', () => undefined)
    })
    return `http://localhost:${await listening(server)}/`
  },
  'one that never finishes TLS': async () => `https://localhost:${await listening(createRawServer())}/`,
  'a name that is never looked up': async () => {
    resolver.addressesOf = () => new Promise(() => undefined)
    return 'https://slow.example/'
  },
}
test.each(Object.entries(silent))('%s is a timeout', async (_, url) => {
  expect(await call(await url(), { timeoutMs: 200 })).toMatchObject({ outcome: 'failed', failure: 'timeout' })
})

test.each(['refused', 'closed at once', 'closed in the middle', 'no HTTP', 'another protocol'])(
  'a connection that is %s is refused',
  async (how) => {
    const heads: Record<string, string> = {
      'closed at once': '',
      'closed in the middle': 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbeginning',
      'no HTTP': 'SSH-2.0-OpenSSH\r\n',
      'another protocol': 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n',
    }
    const server = createRawServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end(heads[how] ?? ''))
    })
    const port = await listening(server)
    if (how === 'refused') await new Promise((resolve) => server.close(resolve))
    expect(await call(`http://localhost:${port}/`)).toMatchObject({ outcome: 'failed', failure: 'refused' })
  },
)

test.each([
  ['tiny pieces without end', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
  ['interim answers without end', '', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
])('%s are cut off', async (_, head, piece) => {
  const server = createRawServer((socket) => {
    const pour = () => {
      while (socket.writable && socket.write(piece.repeat(10_000)));
    }
    socket.on('error', () => undefined).on('drain', pour)
    socket.write(head)
    pour()
  })
  const outcome = await call(`http://localhost:${await listening(server)}/`, { maxAnswerBytes: 1_000_000 })
  expect(outcome).toMatchObject({ failure: 'refused', words: 'The answer came in too many pieces.' })
})

test('a certificate that nobody vouches for, and none at all, are TLS failures', async () => {
  const { certificate, key } = selfSigned(newDataDir('call-out'))
  let called = 0
  const secure = createSecureServer({ cert: readFileSync(certificate), key: readFileSync(key) }, () => called++)
  const plain = createServer(() => called++)
  for (const server of [secure, plain]) {
    const url = `https://localhost:${await listening(server)}/`
    expect(await call(url)).toMatchObject({ outcome: 'failed', failure: 'tls' })
  }
  expect(called).toBe(0)
})

test('a name without an address is a DNS failure', async () => {
  expect(await call('https://nothing.invalid/')).toMatchObject({ outcome: 'failed', failure: 'dns' })
  env().webhookAllowPrivate = false
  resolver.addressesOf = async () => []
  expect(await call('https://nothing.example/')).toMatchObject({ outcome: 'failed', failure: 'dns' })
})

/** A server here, of which nobody is to know; and how often somebody connected. */
async function secret() {
  const seen = { connections: 0 }
  const server = createRawServer((socket) => {
    seen.connections++
    socket.destroy()
  })
  return { port: await listening(server), seen }
}

test('no address that is not public is connected to, however it is written', async () => {
  const { port, seen } = await secret()
  const hosts = ['127.0.0.1', 'localhost', 'LOCALHOST.', 'a.localhost', '0x7f000001', '2130706433', '0177.1', '127.1']
  hosts.push(
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '0',
    '[::]',
    '①②⑦.0.0.1',
  )
  env().webhookAllowPrivate = false
  for (const host of hosts) {
    expect({ host, ...(await call(`https://${host}:${port}/`)) }).toMatchObject({ host, failure: 'blocked_address' })
  }
  expect(seen.connections).toBe(0)
  // The same where they are allowed.
  env().webhookAllowPrivate = true
  expect(await call(`https://127.0.0.1:${port}/`)).toMatchObject({ failure: 'tls' })
  expect(seen.connections).toBe(1)
})

test('a name is blocked by any of its addresses', async () => {
  env().webhookAllowPrivate = false
  const { port, seen } = await secret()
  for (const addresses of [
    ['127.0.0.1'],
    ['::1'],
    ['8.8.8.8', '127.0.0.1'],
    ['2606:4700::1111', 'fd00::1'],
    ['fe80::1%lo'],
  ]) {
    resolver.addressesOf = async () => addresses
    expect(await call(`https://hooks.example:${port}/`)).toMatchObject({ failure: 'blocked_address' })
  }
  expect(seen.connections).toBe(0)
})

test('a name that changes after it was looked up leads nowhere else: the address that was checked is connected to', async () => {
  const reached: (string | undefined)[] = []
  const server = createServer((incoming, outgoing) => {
    reached.push(incoming.socket.localAddress)
    outgoing.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  servers.push(server)
  let asked = 0
  resolver.addressesOf = async () => (asked++ === 0 ? ['127.0.0.2'] : ['127.0.0.3'])
  const { port } = server.address() as AddressInfo
  expect(await call(`http://rebinding.example:${port}/`)).toMatchObject({ outcome: 'answered' })
  expect([asked, reached]).toEqual([1, ['127.0.0.2']])
  // One that leads to this machine by the time that it is looked up is not connected to at all.
  env().webhookAllowPrivate = false
  expect(await call(`https://rebinding.example:${port}/`)).toMatchObject({ failure: 'blocked_address' })
  expect(asked).toBe(2)
})

test('without TLS nothing is called but on one’s own machine', async () => {
  const url = await answering((_, outgoing) => outgoing.end())
  expect(await call(url)).toMatchObject({ outcome: 'answered' })
  env().webhookAllowPrivate = false
  expect(await call('http://hooks.example/')).toMatchObject({ failure: 'blocked_address' })
})

test('whoever ends a call is told so, and nobody else', async () => {
  const url = await answering(() => undefined)
  const controller = new AbortController()
  const calling = call(url, { signal: controller.signal })
  controller.abort(new Error('enough'))
  await expect(calling).rejects.toThrow('enough')
})
