import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type ClientHttp2Session, connect } from 'node:http2'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as grpc from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startDeployedNginx } from '../../setup/deployed-nginx.ts'
import { nginxCommand } from '../../setup/nginx-server.ts'
import { selfSigned } from '../../setup/self-signed.ts'
import { freePort, serve } from '../../setup/serve.ts'
import { MpcServerForTests } from '../api/mpc-server-for-tests.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 })

const liveHost = 'playground.example'
const testHost = 'test.playground.example'

describe.skipIf(!nginxCommand)('behind deploy/nginx.conf', () => {
  const directory = mkdtempSync(join(tmpdir(), 'playground-deployed-'))
  const mpc = [new MpcServerForTests('live-1'), new MpcServerForTests('live-2'), new MpcServerForTests('test-1')]
  let ports: number[]
  let web: Awaited<ReturnType<typeof serve>>[]
  let nginx: Awaited<ReturnType<typeof startDeployedNginx>>
  let ca: Buffer

  beforeAll(async () => {
    ports = await Promise.all(mpc.map((server) => server.start()))
    const settings = { BASE_URL: `https://${liveHost}`, DEMO: 'off', TRUSTED_PROXIES: '127.0.0.1' }
    web = await Promise.all([serve('start', settings), serve('start', settings)])
    const tls = selfSigned(directory, [liveHost, testHost])
    ca = readFileSync(tls.certificate)
    const [live1 = 0, live2 = 0, test1 = 0] = ports
    nginx = await startDeployedNginx({
      web: [web[0]?.port ?? 0, web[1]?.port ?? 0],
      ...{ mpcLive: [live1, live2], mpcTest: [test1, await freePort()], tls },
    })
  })
  afterAll(async () => {
    await nginx?.stop()
    await Promise.all([...(web ?? []).map(({ stop }) => stop()), ...mpc.map((server) => server.stop('crash'))])
    rmSync(directory, { recursive: true })
  })

  function ask(path: string, host = liveHost, method = 'GET', body = ''): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: nginx.port, servername: host, ca, method, path, agent: new Agent() }
      request({ ...options, headers: { Host: host, 'Content-Length': Buffer.byteLength(body) } }, (answer) => {
        let text = ''
        answer.on('data', (chunk) => {
          text += chunk
        })
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text })).once('error', reject)
      })
        .once('error', reject)
        .end(body)
    })
  }

  const definition = loadSync('mpc.proto', { includeDirs: ['lib/mpc/proto'] })
  const { KeyService } = (
    grpc.loadPackageDefinition(definition) as unknown as {
      mpc: { v1: { KeyService: grpc.ServiceClientConstructor } }
    }
  ).mpc.v1

  /** A stock gRPC client of one host name. */
  function clientOf(host: string) {
    return new (KeyService as grpc.ServiceClientConstructor)(
      `127.0.0.1:${nginx.port}`,
      grpc.credentials.createSsl(ca),
      {
        'grpc.ssl_target_name_override': host,
        'grpc.default_authority': host,
        'grpc.enable_retries': 0,
      },
    )
  }

  /** Which server answers a call, or the status that it is refused with. */
  function served(
    client: grpc.Client,
    session?: string,
    method = 'List',
    message: object = {},
  ): Promise<string | number> {
    const metadata = new grpc.Metadata()
    if (session) metadata.set('mpc-session', session)
    return new Promise((resolve) => {
      const called = client as unknown as Record<string, (...args: unknown[]) => void>
      called[method]?.(message, metadata, (error: grpc.ServiceError | null, answer: { nextPageToken: string }) =>
        resolve(error ? error.code : answer.nextPageToken),
      )
    })
  }

  test('pages and the API come from the web servers; what is for the inside does not', async () => {
    expect((await ask('/livez')).status).toBe(200)
    expect((await ask('/.well-known/openid-configuration')).text).toContain(`"issuer":"https://${liveHost}"`)
    expect((await ask('/playground')).status).toBe(200)
    expect((await ask('/v1/tenant')).status).toBe(401)
    expect((await ask('/v1/mpc/mpc.v1.KeyService/List', liveHost, 'POST', '{}')).status).toBe(401)
    expect((await ask('/metrics')).status).toBe(404)
    expect((await ask('/v1/usage/events', liveHost, 'POST', '[]')).status).toBe(404)
    await expect(ask('/livez', 'other.example')).rejects.toThrow()
  })

  test('native gRPC goes to the MPC servers of the host’s environment, and a session stays at one', async () => {
    const [live, test] = [clientOf(liveHost), clientOf(testHost)]
    const sessions = Array.from({ length: 24 }, () => crypto.randomUUID())
    const first = await Promise.all(sessions.map((session) => served(live, session)))
    expect(new Set(first)).toEqual(new Set(['live-1', 'live-2']))
    expect(await Promise.all(sessions.map((session) => served(live, session)))).toEqual(first)
    // One of the two test servers was never there.
    expect(new Set(await Promise.all(sessions.map((session) => served(test, session))))).toEqual(new Set(['test-1']))
    live.close()
    test.close()
  })

  test('too large a message is refused at the edge, as gRPC says it', async () => {
    const live = clientOf(liveHost)
    expect(await served(live, undefined, 'Get', { keyId: 'x'.repeat(80_000) })).toBe(grpc.status.RESOURCE_EXHAUSTED)
    expect(await served(live, undefined, 'Get', { keyId: '1' })).not.toBe(grpc.status.RESOURCE_EXHAUSTED)
    live.close()
  })

  test('one MPC server is killed: its sessions go to the other, and all come back with it', async () => {
    const live = clientOf(liveHost)
    const sessions = Array.from({ length: 24 }, () => crypto.randomUUID())
    const homes = await Promise.all(sessions.map((session) => served(live, session)))
    await mpc[0]?.stop('crash')
    // A call that was under way on its connection may fail with it; none that begins afterwards does.
    const lost = sessions[homes.indexOf('live-1')]
    await expect.poll(() => served(live, lost), { interval: 100, timeout: 20_000 }).toBe('live-2')
    expect(new Set(await Promise.all(sessions.map((session) => served(live, session))))).toEqual(new Set(['live-2']))
    await mpc[1]?.stop('crash')
    await expect.poll(() => served(live, lost), { interval: 100, timeout: 20_000 }).toBe(grpc.status.UNAVAILABLE)
    await Promise.all([mpc[0]?.start(ports[0]), mpc[1]?.start(ports[1])])
    // One of each is asked until it is back: more would be more than the edge lets one address ask.
    for (const home of ['live-1', 'live-2']) {
      const session = sessions[homes.indexOf(home)]
      await expect.poll(() => served(live, session), { interval: 100, timeout: 20_000 }).toBe(home)
    }
    expect(await Promise.all(sessions.map((session) => served(live, session)))).toEqual(homes)
    live.close()
  })

  test('one web server is killed, and every request is answered', async () => {
    await web[0]?.stop('SIGKILL')
    for (let count = 0; count < 40; count++) expect((await ask('/livez')).status).toBe(200)
  })

  test('an address that asks too much is told so', async () => {
    const connected = () => connect(`https://127.0.0.1:${nginx.port}`, { ca, servername: liveHost })
    const connections: ClientHttp2Session[] = Array.from({ length: 5 }, connected)
    const status = (session: ClientHttp2Session) =>
      new Promise<number>((resolve, reject) => {
        const stream = session.request({ ':path': '/livez', ':authority': liveHost })
        stream.once('response', (headers) => resolve(Number(headers[':status'])))
        stream.once('error', reject).resume()
      })
    // More at once than one address may have under way, and than it may ask in a second.
    const all = await Promise.all(connections.flatMap((session) => Array.from({ length: 100 }, () => status(session))))
    for (const session of connections) session.destroy()
    expect(new Set(all)).toEqual(new Set([200, 429]))
  })
})
