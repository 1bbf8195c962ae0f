import { type ClientRequest, request } from 'node:http'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type RedisServer, redisCommand, startRedis } from '../../setup/redis-server.ts'
import { runScript } from '../../setup/run-script.ts'
import { serve } from '../../setup/serve.ts'
import { env } from '../env.ts'

vi.setConfig({ testTimeout: 60_000 })

const soon = { timeout: 10_000, interval: 20 }

describe.skipIf(!redisCommand)('two servers with one Redis', () => {
  const { dataDir } = env()
  let redisServer: RedisServer
  let redis: Redis
  let servers: Awaited<ReturnType<typeof serve>>[]

  beforeAll(async () => {
    redisServer = await startRedis()
    redis = new Redis(redisServer.url)
    redis.on('error', () => {})
    await admin('tenants', 'create', '--name', 'Shop', '--slug', 'shop')
    const settings = { DATA_DIR: dataDir, REDIS_URL: redisServer.url }
    servers = [await serve('start', settings), await serve('start', settings)]
  })
  afterAll(async () => {
    redis.disconnect()
    await Promise.all(servers.map(({ stop }) => stop()))
    await redisServer.stop()
  })

  async function admin(...args: string[]) {
    const { code, stdout, stderr } = await runScript('lib/server/admin.ts', [...args, '--json'], { DATA_DIR: dataDir })
    expect([code, stderr]).toEqual([0, ''])
    return JSON.parse(stdout)
  }

  async function newKey(type: 'test' | 'live'): Promise<Record<string, string>> {
    const scopes = ['--name', 'x', '--scopes', 'passkeys:register']
    const { secret } = await admin('keys', 'create', '--tenant', 'shop', '--type', type, ...scopes)
    return { Authorization: `Bearer ${secret}` }
  }

  /** Asks the servers in turn, so many times, and forty at once. */
  async function burst(times: number, headers: Record<string, string>) {
    const answers: { server: number; status: number; body: Record<string, unknown> }[] = []
    let asked = 0
    const ask = async () => {
      while (asked < times) {
        const server = asked++ % servers.length
        const answer = await fetch(`${servers[server]?.baseUrl}/v1/tenant`, { headers })
        answers.push({ server, status: answer.status, body: (await answer.json()) as Record<string, unknown> })
      }
    }
    await Promise.all(Array.from({ length: 40 }, ask))
    return answers
  }

  /** Begins a request whose body never ends. */
  function hanging(server: number, headers: Record<string, string>): ClientRequest {
    const outgoing = request(`${servers[server]?.baseUrl}/v1/passkeys/register/begin`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': '100' },
      agent: false,
    })
    outgoing.on('error', () => {}).write('{')
    return outgoing
  }

  const status = (server: number, headers: Record<string, string>) =>
    fetch(`${servers[server]?.baseUrl}/v1/tenant`, { headers }).then((answer) => answer.status)
  const readiness = () =>
    Promise.all(servers.map(async ({ baseUrl }) => (await fetch(`${baseUrl}/readyz`)).json() as Promise<unknown>))
  /** Waits until both count in Redis: whoever was alone comes back after five seconds. */
  const together = () =>
    vi.waitFor(async () => expect(await readiness()).toEqual(servers.map(() => ({ status: 'ok', limits: 'redis' }))), {
      timeout: 30_000,
      interval: 20,
    })

  test('let in a key’s limit between them, and 1 % more at most', async () => {
    // A machine so busy that Redis has no turn for a quarter of a second counts as one without: then once more.
    let answers: Awaited<ReturnType<typeof burst>> = []
    for (let turn = 0, alone = true; turn < 3 && alone; turn++) {
      await together()
      answers = await burst(1_300, await newKey('live'))
      alone = JSON.stringify(await readiness()).includes('degraded')
    }
    const admitted = answers.filter(({ status }) => status === 200)
    expect(admitted.length).toBeGreaterThanOrEqual(1_000)
    expect(admitted.length).toBeLessThanOrEqual(1_010)
    for (const server of [0, 1])
      expect(admitted.filter((answer) => answer.server === server).length).toBeGreaterThan(300)
    const refused = answers.filter(({ status }) => status !== 200)
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([429]))
    for (const { body } of refused)
      expect(body).toMatchObject({ code: 'rate_limited', 'violated-policies': ['requests'] })
    await together()
  })

  test('count what is under way together, until its client goes away', async () => {
    const headers = await newKey('test')
    const slots = async () => {
      const [key] = await redis.keys('playground:v1:slots:*')
      return key ? redis.zcard(key) : 0
    }
    const held = [0, 1, 0, 1].map((server) => hanging(server, headers))
    for (const server of [0, 1]) {
      // A slot is given back just after the answer.
      await vi.waitFor(async () => expect(await slots()).toBe(4), soon)
      expect(await status(server, headers)).toBe(200)
    }
    await vi.waitFor(async () => expect(await slots()).toBe(4), soon)
    held.push(hanging(0, headers))
    await vi.waitFor(async () => expect(await slots()).toBe(5), soon)
    expect([await status(0, headers), await status(1, headers)]).toEqual([429, 429])
    for (const outgoing of held) outgoing.destroy()
    await vi.waitFor(async () => expect(await slots()).toBe(0), soon)
    expect([await status(0, headers), await status(1, headers)]).toEqual([200, 200])
  })

  test('go on without Redis, each by itself, and say so', async () => {
    const headers = await newKey('test')
    await redisServer.stop()
    await vi.waitFor(
      async () => expect(await readiness()).toEqual(servers.map(() => ({ status: 'degraded', limits: 'memory' }))),
      soon,
    )
    for (const server of [0, 1]) {
      for (let request = 1; request <= 100; request++) expect(await status(server, headers)).toBe(200)
      expect(await status(server, headers)).toBe(429)
    }
    redisServer = await startRedis({ port: redisServer.port })
    await together()
    expect([await status(0, headers), await status(1, headers)]).toEqual([200, 200])
  })
})
