import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type RedisServer, redisCommand, startRedis } from '../../setup/redis-server.ts'
import { runScript } from '../../setup/run-script.ts'
import { freePort, serve } from '../../setup/serve.ts'

// `npm start` with WORKERS, behind one port, with a Redis where they count limits together.

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const soon = { timeout: 30_000, interval: 50 }
const demoKey = /sk_test_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/
type Server = Awaited<ReturnType<typeof serve>>

test('several processes without a place to count limits together are refused, one is not', async () => {
  const settings = { PORT: String(await freePort()), WORKERS: '2', REDIS_URL: '' }
  const { code, stderr } = await runScript('lib/server/main.ts', [], settings)
  expect(code).toBe(1)
  expect(stderr).toContain('REDIS_URL must be set where there are several WORKERS')
})

describe.runIf(redisCommand && process.platform === 'linux')('two workers', () => {
  let redis: RedisServer
  let server: Server
  let key: string
  beforeAll(async () => {
    redis = await startRedis()
    server = await serve('start', { WORKERS: '2', REDIS_URL: redis.url })
    await vi.waitUntil(() => server.output.join('').includes('Ctrl+C'), { timeout: 30_000 })
    key = server.output.join('').match(demoKey)?.[0] ?? ''
  })
  afterAll(async () => {
    await server.stop()
    await redis.stop()
  })

  /** The processes that serve: those of the server's children that run the same program. */
  const workers = () => {
    const { pid } = server.child
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
    return children.filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('lib/server/main.ts'))
  }
  // A connection of its own, so that each may come to another worker.
  const ask = (path: string, headers = {}) =>
    fetch(`${server.baseUrl}${path}`, { headers: { connection: 'close', ...headers } })
  const figure = async (name: string) => {
    const line = (await (await ask('/metrics')).text()).split('\n').find((text) => text.startsWith(`${name} `))
    return Number(line?.slice(name.length + 1) ?? 0)
  }

  test('introduce themselves once, count a key’s limit together, and tell the same figures whichever is asked', async () => {
    expect(server.output.join('').match(/is ready/g)).toHaveLength(1)
    expect(workers()).toHaveLength(2)
    await vi.waitUntil(async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, async () => (await ask('/readyz')).json()))
      return answers.every(({ limits }) => limits === 'redis')
    }, soon)
    /** What is left of the minute after each of some requests; as many at once as the key may have under way. */
    const left = async () => {
      const seen = new Set<string | undefined>()
      for (let turn = 0; turn < 3; turn++) {
        const asked = Array.from({ length: 4 }, () => ask('/v1/tenant', { authorization: `Bearer ${key}` }))
        for (const answer of await Promise.all(asked))
          seen.add(/"requests";r=(\d+)/.exec(answer.headers.get('ratelimit') ?? '')?.[1])
      }
      return seen.size
    }
    // Where Redis does not answer in time, each counts for itself for a moment.
    await expect.poll(left, soon).toBe(12)
    const counted = 'http_requests_total{operation="tenant.read",status="200"}'
    const told = await Promise.all(Array.from({ length: 6 }, () => figure(counted)))
    expect([new Set(told).size, (told[0] ?? 0) % 12]).toEqual([1, 0])
  })

  test('one that dies is replaced, and meanwhile the other answers', async () => {
    const [victim, other] = workers()
    process.kill(victim ?? 0, 'SIGKILL')
    await vi.waitUntil(() => !workers().includes(victim ?? 0), soon)
    expect((await ask('/v1/tenant', { authorization: `Bearer ${key}` })).status).toBe(200)
    await vi.waitUntil(() => workers().length === 2, soon)
    expect(workers()).toContain(other)
    await vi.waitUntil(async () => (await ask('/readyz')).ok, soon)
  })

  test('a signal to the whole group ends all, with 0, once what is under way is answered', async () => {
    const settings = { WORKERS: '2', REDIS_URL: redis.url }
    // It answers as soon as one of them does; the other may not be there yet.
    const own = await serve('start', settings)
    const answers = Promise.all(
      Array.from({ length: 10 }, () => fetch(`${own.baseUrl}/livez`).then(({ status }) => status)),
    )
    const { pid } = own.child
    const group = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
    const stopped = own.stop('SIGTERM')
    for (const child of group) process.kill(child, 'SIGTERM')
    expect(new Set(await answers)).toEqual(new Set([200]))
    expect(await stopped).toBe(0)
    for (const child of group) expect(() => process.kill(child, 0)).toThrow('ESRCH')
  })
})

test('where the port is taken that is said once', async () => {
  const redisUrl = `redis://127.0.0.1:${await freePort()}`
  const taken = await serve('start')
  const settings = { PORT: String(taken.port), WORKERS: '2', REDIS_URL: redisUrl }
  const { code, stderr } = await runScript('lib/server/main.ts', [], settings)
  expect([code, stderr.match(/is in use/g)?.length]).toEqual([1, 1])
  await taken.stop()
})
