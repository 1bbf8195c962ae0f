import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type ClientHttp2Session, connect } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setDefaultCACertificates } from 'node:tls'
import { Code, ConnectError, createClient, type Transport } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import * as grpc from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Client } from '#lib/sdk/client.ts'
import { type Mpc, memoryShares, type Round } from '#lib/sdk/mpc/index.ts'
import { SoftwareAuthenticator } from '#lib/testing/authenticator.ts'
import { KeyService } from '../../mpc/proto/mpc_pb.js'
import { startDeployedNginx } from '../../setup/deployed-nginx.ts'
import { newDataDir } from '../../setup/isolated.ts'
import { nginxCommand } from '../../setup/nginx-server.ts'
import { selfSigned } from '../../setup/self-signed.ts'
import { freePort, serve } from '../../setup/serve.ts'
import { serveMpc } from '../../setup/serve-mpc.ts'
import { env } from '../env.ts'
import { createKey } from '../keys/make-key.ts'
import { mpcServiceToken } from '../service-tokens/service-tokens.ts'
import { actFor, createTenant } from '../tenants/tenants.ts'
import { report } from '../usage/report.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 })

// Everything as an operator runs it: an nginx, two web servers on one database, two MPC servers of the live environment on
// another, one of the test environment on a third, and the SDK outside.

type MpcServer = Awaited<ReturnType<typeof serveMpc>>
type Environment = 'live' | 'test'

const hosts = { live: 'localhost', test: 'test.localhost' }
const message = new Uint8Array(32).fill(7)
const never = { approval: 'never' } as const

describe.skipIf(!nginxCommand)('behind deploy/nginx.conf', () => {
  const directory = mkdtempSync(join(tmpdir(), 'playground-deployed-'))
  const log = join(directory, 'calls.log')
  const liveData = newDataDir('mpc-live')
  let port: number
  let baseUrl: string
  let live: [MpcServer, MpcServer]
  let liveSettings: Record<string, string>[]
  let mpcTest: MpcServer
  let web: Awaited<ReturnType<typeof serve>>[]
  let nginx: Awaited<ReturnType<typeof startDeployedNginx>>
  let ca: string
  let tenantId: string
  let apiKeys: Record<Environment, string>
  /** Signatures of the live environment that their user has. */
  let acknowledged = 0

  beforeAll(async () => {
    const [own, web1, web2, live1, live2, test1, nobody] = await Promise.all(Array.from({ length: 7 }, freePort))
    const [first = 0, second = 0] = [live1, live2]
    port = own ?? 0
    baseUrl = `https://${hosts.live}:${port}`
    const tls = selfSigned(directory, Object.values(hosts))
    ca = readFileSync(tls.certificate, 'utf8')
    setDefaultCACertificates([ca])
    const to = { web: [web1 ?? 0, web2 ?? 0], mpcLive: [first, second], mpcTest: [test1 ?? 0, nobody ?? 0] } as const
    nginx = await startDeployedNginx({ port, host: hosts.live, ...to, tls, log })

    const { id } = await createTenant({ name: 'Shop', slug: 'deployed' })
    tenantId = id
    const newKey = async (type: Environment) => {
      const scopes = ['passkeys:register' as const, 'passkeys:authenticate' as const]
      return (await createKey(await actFor(id, type), { name: 'x', type, scopes })).secret
    }
    apiKeys = { live: await newKey('live'), test: await newKey('test') }
    const MPC_URL = `http://localhost:${live1} http://localhost:${live2}`
    const shared = { DATA_DIR: env().dataDir, BASE_URL: baseUrl, DEMO: 'off', TRUSTED_PROXIES: '127.0.0.1', MPC_URL }
    web = await Promise.all([web1, web2].map((PORT) => serve('start', { ...shared, PORT: String(PORT) })))
    const ofIssuer = {
      MPC_ISSUER: baseUrl,
      NODE_EXTRA_CA_CERTS: tls.certificate,
      // Past nginx, which keeps this from the outside.
      MPC_USAGE_URL: `http://localhost:${web2}/v1/usage/events`,
      MPC_USAGE_TOKEN: await mpcServiceToken(),
    }
    liveSettings = [live1, live2].map((MPC_PORT) => ({
      ...{ ...ofIssuer, MPC_ENVIRONMENTS: 'live', DATA_DIR: liveData, MPC_PORT: String(MPC_PORT) },
    }))
    const servers = await Promise.all([
      ...liveSettings.map(serveMpc),
      serveMpc({ ...ofIssuer, MPC_ENVIRONMENTS: 'test', MPC_PORT: String(test1) }),
    ])
    ;[live, mpcTest] = [[servers[0], servers[1]] as [MpcServer, MpcServer], servers[2] as MpcServer]
  })
  afterAll(async () => {
    await nginx?.stop()
    await Promise.all([...(web ?? []), ...(live ?? []), ...(mpcTest ? [mpcTest] : [])].map(({ stop }) => stop()))
    for (const used of [directory, liveData]) rmSync(used, { recursive: true, force: true })
  })

  /** Native gRPC to one host name, as the SDK speaks it. */
  function transportTo(environment: Environment): Transport {
    const servername = hosts[environment]
    const lookup = (_: string, __: object, found: (error: null, all: { address: string; family: 4 }[]) => void) =>
      found(null, [{ address: '127.0.0.1', family: 4 }])
    return createGrpcTransport({
      baseUrl: `https://${servername}:${port}`,
      nodeOptions: { servername, lookup: lookup as never },
    })
  }

  /** A new user who has signed in with a passkey, all through nginx. */
  async function newUser(environment: Environment = 'live') {
    const client = new Client({ apiKey: apiKeys[environment], baseUrl })
    const authenticator = new SoftwareAuthenticator({ origin: baseUrl })
    const username = `ada-${randomUUID().slice(0, 8)}`
    const approve = (options: Parameters<SoftwareAuthenticator['get']>[0]) => authenticator.get(options)
    await client.passkeys.register({ username }, { credential: (options) => authenticator.create(options) })
    const { token } = await client.passkeys.signIn({ username }, { credential: approve })
    const shares = memoryShares()
    const mpc = (transport: Transport | undefined = transportTo(environment), onRound?: (round: Round) => void) =>
      client.mpc({ token, shares, ...(transport ? { transport } : {}), ...(onRound ? { onRound } : {}) })
    return { token, mpc, approve, throughGateway: () => client.mpc({ token, shares }) }
  }

  async function signed(mpc: Mpc, keyId: string, wishes: Parameters<Mpc['sign']>[2] = {}): Promise<Uint8Array> {
    const { signature } = await mpc.sign(keyId, message, wishes)
    acknowledged++
    return signature
  }

  /** Which MPC server each session’s calls were led to, in their order; of those that were asked, the one that answered. */
  function homes(): Map<string, string[]> {
    const sessions = new Map<string, string[]>()
    for (const line of readFileSync(log, 'utf8').trim().split('\n')) {
      const [path = '', session = '', ...asked] = line.split(/,? /)
      if (!path.startsWith('/mpc.v1.') || session === '-') continue
      sessions.set(session, [...(sessions.get(session) ?? []), asked.at(-1) ?? ''])
    }
    return sessions
  }

  const addressOf = (server: MpcServer) => `127.0.0.1:${server.port}`
  const ask = async (path: string, init?: RequestInit) => (await fetch(`${baseUrl}${path}`, init)).status

  /** The first MPC server starts again, at its port and on the same database. */
  async function startAgain(): Promise<void> {
    live[0] = await serveMpc(liveSettings[0] as Record<string, string>)
  }

  test('pages and the API come from the web servers; what is for the inside does not', async () => {
    expect(await ask('/livez')).toBe(200)
    const discovery = await fetch(`${baseUrl}/.well-known/openid-configuration`)
    expect(await discovery.json()).toMatchObject({ issuer: baseUrl })
    expect(await ask('/playground')).toBe(200)
    expect(await ask('/v1/tenant')).toBe(401)
    expect(await ask('/v1/mpc/mpc.v1.KeyService/List', { method: 'POST', body: '{}' })).toBe(401)
    expect(await ask('/metrics')).toBe(404)
    expect(await ask('/v1/usage/events', { method: 'POST', body: '[]' })).toBe(404)
    expect(await ask('/mpc.v1.TenantKeyService/List', { method: 'POST' })).toBe(404)
    const other = connect(`https://127.0.0.1:${port}`, {
      servername: 'other.example',
      checkServerIdentity: () => undefined,
    })
    await expect(new Promise((_, reject) => other.once('error', reject))).rejects.toThrow()
  })

  test('keys are made and sign over native gRPC: both MPC servers have sessions, and each session stays at one', async () => {
    const { mpc, approve, throughGateway } = await newUser()
    const own = mpc()
    const [ed25519, schnorr] = await Promise.all([
      own.keys.generate({ label: 'Treasury' }),
      own.keys.generate({ suite: 'schnorr-secp256k1', policy: never }),
    ])
    const signature = await signed(own, ed25519.id, { approve })
    const x = Buffer.from(ed25519.publicKey).toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    expect(verify(null, message, key, signature)).toBe(true)
    await Promise.all(Array.from({ length: 14 }, () => signed(own, schnorr.id)))
    await expect.poll(() => [...homes().values()].filter(({ length }) => length === 2).length).toBe(17)
    const led = [...homes().values()]
    expect(led.every(([begin, finish]) => begin === finish)).toBe(true)
    expect(new Set(led.flat())).toEqual(new Set(live.map(addressOf)))
    // A browser’s way leads to the same keys.
    await signed(throughGateway(), schnorr.id)
  })

  test('live and test are kept apart by their names', async () => {
    const [ofLive, ofTest] = [await newUser('live'), await newUser('test')]
    const key = await ofTest.mpc().keys.generate({ suite: 'schnorr-secp256k1', policy: never })
    await expect(ofTest.mpc().sign(key.id, message)).resolves.toBeDefined()
    for (const refused of [ofLive.mpc(transportTo('test')), ofTest.mpc(transportTo('live'))]) {
      await expect(refused.keys.list()).rejects.toMatchObject({ reason: 'environment_refused' })
    }
    expect(await ofLive.mpc().keys.list()).toEqual([])
  })

  test('too large a message is refused at the edge, as gRPC says it, to the SDK and to a stock client', async () => {
    const { token } = await newUser()
    const keys = createClient(KeyService, transportTo('live'))
    const headers = { authorization: `Bearer ${token}` }
    const code = (keyId: string) => keys.get({ keyId }, { headers }).catch((error) => ConnectError.from(error).code)
    expect(await code('x'.repeat(80_000))).toBe(Code.ResourceExhausted)
    expect(await code('mpk_1')).toBe(Code.NotFound)
    const stock = stockClient()
    expect(await stock.get('x'.repeat(80_000), token)).toBe(grpc.status.RESOURCE_EXHAUSTED)
    expect(await stock.get('mpk_1', token)).toBe(grpc.status.NOT_FOUND)
    stock.close()
  })

  /** A stock gRPC client of the live environment. */
  function stockClient() {
    const definition = loadSync('mpc.proto', { includeDirs: ['lib/mpc/proto'] })
    const { mpc } = grpc.loadPackageDefinition(definition) as unknown as {
      mpc: { v1: { KeyService: grpc.ServiceClientConstructor } }
    }
    const client = new mpc.v1.KeyService(`localhost:${port}`, grpc.credentials.createSsl(Buffer.from(ca)))
    return {
      close: () => client.close(),
      get(keyId: string, token: string): Promise<grpc.status | undefined> {
        const metadata = new grpc.Metadata()
        metadata.set('authorization', `Bearer ${token}`)
        return new Promise((resolve) =>
          client.get?.({ keyId }, metadata, (error: grpc.ServiceError | null) => resolve(error?.code)),
        )
      },
    }
  }

  test('one MPC server is killed between the rounds and under load: its sessions begin afresh, and each signature counts once', async () => {
    const { mpc } = await newUser()
    const key = await mpc().keys.generate({ suite: 'schnorr-secp256k1', policy: never })
    const before = homes()
    const mine = () => [...homes()].filter(([session]) => !before.has(session)).map(([, led]) => led)
    const reasons: (string | undefined)[] = []
    const killed = Promise.withResolvers<void>()
    const inner = transportTo('live')
    const held: Transport = {
      ...inner,
      async unary(method, ...call) {
        if (method.name === 'Finish') await killed.promise
        return inner.unary(method, ...call)
      },
    }
    const between = Array.from({ length: 12 }, () =>
      signed(
        mpc(held, ({ reason }) => reasons.push(reason)),
        key.id,
      ),
    )
    await expect.poll(() => mine().length).toBeGreaterThanOrEqual(12)
    const lost = mine().filter(([begun]) => begun === addressOf(live[0])).length
    let loaded = 0
    let ending = false
    const load = Array.from({ length: 4 }, async () => {
      for (; !ending; loaded++) await signed(mpc(), key.id)
    })
    await expect.poll(() => loaded, { interval: 5 }).toBeGreaterThan(4)
    await live[0].stop('SIGKILL')
    killed.resolve()
    await Promise.all(between)
    const then = loaded
    await expect.poll(() => loaded, { interval: 5 }).toBeGreaterThan(then + 4)
    ending = true
    await Promise.all(load)
    expect(lost).toBeGreaterThan(0)
    expect(reasons.filter((reason) => reason === 'session_lost')).toHaveLength(lost)
    expect(await mpc().keys.get(key.id)).toMatchObject({ signatures: 12 + loaded })

    // With both away the edge says so; with one of them the calls come back.
    await live[1].stop('SIGKILL')
    await expect(mpc().keys.list()).rejects.toMatchObject({ reason: 'unavailable', code: 'unavailable' })
    await startAgain()
    await expect.poll(() => mpc().keys.list().catch(String), { interval: 200 }).toMatchObject([{ id: key.id }])
    await signed(mpc(), key.id)
    // What the killed ones had not told of is told by the one that came after them.
    const counted = async () => (await report(await actFor(tenantId, 'live'), { groupBy: 'operation' })).meters.totals
    await expect.poll(counted).toMatchObject({ 'mpc.signed': acknowledged })
  })

  test('one web server is killed, and every request is answered', async () => {
    await web[0]?.stop('SIGKILL')
    for (let count = 0; count < 40; count++) expect(await ask('/livez')).toBe(200)
    const { mpc } = await newUser()
    const key = await mpc().keys.generate({ suite: 'schnorr-secp256k1', policy: never })
    await signed(mpc(), key.id)
  })

  // A server takes more than a second to come up: fifty restarts are for MPC_RESTARTS=50.
  const restarts = Number(process.env.MPC_RESTARTS ?? 2)

  test(`the MPC server behind the gateway is restarted ${restarts} times, under calls and while idle, and the web server lives`, {
    timeout: 60_000 + restarts * 10_000,
  }, async () => {
    const { mpc, throughGateway } = await newUser()
    const key = await mpc().keys.generate({ suite: 'schnorr-secp256k1', policy: never })
    const own = throughGateway()
    const outcome = () =>
      signed(own, key.id).then(
        () => 'ok',
        (error) => String(error.reason),
      )
    const outcomes: string[] = []
    for (let restart = 0; restart < restarts; restart++) {
      const isBusy = [1, 2].includes(restart % 4)
      const under = isBusy ? Array.from({ length: 4 }, outcome) : []
      // With a goodbye on each connection, and without a word.
      await live[0].stop(restart % 2 === 0 ? 'SIGTERM' : 'SIGKILL')
      await startAgain()
      outcomes.push(...(await Promise.all(under)))
      expect(await outcome()).toBe('ok')
    }
    // Who asked three times within a slow start is told that nobody is there.
    expect(outcomes.filter((each) => each !== 'ok' && each !== 'unavailable')).toEqual([])
    expect(web[1]?.child.exitCode).toBe(null)
    expect(web[1]?.output.join('')).not.toMatch(/uncaught|unhandled/i)
  })

  test('an address that asks too much is told so', async () => {
    const connected = () => connect(`https://localhost:${port}`, { ca })
    const connections: ClientHttp2Session[] = Array.from({ length: 5 }, connected)
    const status = (session: ClientHttp2Session) =>
      new Promise<number>((resolve, reject) => {
        const stream = session.request({ ':path': '/livez', ':authority': 'localhost' })
        stream.once('response', (headers) => resolve(Number(headers[':status'])))
        stream.once('error', reject).resume()
      })
    // More at once than one address may have under way, and than it may ask in a second.
    const all = await Promise.all(connections.flatMap((session) => Array.from({ length: 100 }, () => status(session))))
    for (const session of connections) session.destroy()
    expect(new Set(all)).toEqual(new Set([200, 429]))
  })
})
