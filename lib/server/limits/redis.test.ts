import { createServer } from 'node:net'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type RedisServer, redisCommand, startRedis } from '../../setup/redis-server.ts'
import { freePort } from '../../setup/serve.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { admit, closeLimits, limitsHealth } from './limits.ts'

const one = { requestsPerMinute: 1_000, concurrent: 1 }
const working = { store: 'redis', degraded: false }
const gone = { store: 'memory', degraded: true }

const soon = { timeout: 10_000, interval: 20 }
const warn = vi.spyOn(log(), 'warn').mockImplementation(() => {})
const warnings = () => warn.mock.calls.map((call) => call.at(-1))

beforeEach(() => {
  warn.mockClear()
})
afterEach(closeLimits)

describe.skipIf(!redisCommand)('with Redis', () => {
  let server: RedisServer
  let redis: Redis
  beforeAll(async () => {
    server = await startRedis({ password: 'p@ss/word' })
    env().redisUrl = server.url
    redis = new Redis(server.url)
    redis.on('error', () => {})
  })
  afterEach(async () => {
    server.resume()
    await vi.waitFor(() => redis.flushall(), soon)
  })
  afterAll(async () => {
    redis.disconnect()
    await server.stop()
  })

  test('what a process held that crashed is free again when its lease ends', async () => {
    await admit('key', one)
    await closeLimits()
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
    const [lease = '', end] = await redis.zrange('playground:slots:key', '0', '-1', 'WITHSCORES')
    const seconds = Number((await redis.time())[0])
    expect(Math.abs(Number(end) / 1000 - seconds - 60)).toBeLessThan(3)
    expect(await redis.pttl('playground:slots:key')).toBeGreaterThan(50_000)
    await redis.zadd('playground:slots:key', seconds * 1000 - 1, lease)
    expect(await admit('key', one)).toMatchObject({ inFlight: 1 })
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
  })

  test('a minute ends a minute after it began', async () => {
    const limits = { requestsPerMinute: 1, concurrent: 5 }
    await admit('key', limits)
    expect(await redis.pttl('playground:requests:key')).toBeGreaterThan(55_000)
    await redis.pexpire('playground:requests:key', 0)
    expect(await admit('key', limits)).toMatchObject({ requests: 1 })
    await expect(admit('key', limits)).rejects.toMatchObject({ code: 'rate_limited' })
  })

  test('a Redis that hangs is waited for once, and none of what it was asked meanwhile holds a slot later', async () => {
    const before = await admit('before', one)
    server.pause()
    const first = await admit('key', one)
    expect(limitsHealth()).toEqual(gone)
    // To wait for each of these would take longer than any test may.
    for (let index = 0; index < 1_000; index++) await admit(`key ${index}`, one)
    before.release()
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
    server.resume()
    await vi.waitFor(() => expect(limitsHealth()).toEqual(working), soon)
    await vi.waitFor(async () => expect(await redis.keys('playground:slots:*')).toEqual([]), soon)
    const second = await admit('key', one)
    // The first was taken in memory: to give it back frees nothing in Redis.
    first.release()
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
    second.release()
    await vi.waitFor(async () => expect(await admit('key', one)).toMatchObject({ inFlight: 1 }), soon)
    expect(warnings()).toEqual([expect.stringContaining('cannot be reached'), expect.stringContaining('is back')])
  })

  test('requests go on when Redis is gone, and are counted there again when it is back', async () => {
    const before = await admit('key', one)
    await server.stop()
    await vi.waitFor(() => expect(limitsHealth()).toEqual(gone), soon)
    const meanwhile = await admit('key', one)
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
    before.release()
    server = await startRedis({ port: server.port, password: 'p@ss/word' })
    await vi.waitFor(() => expect(limitsHealth()).toEqual(working), soon)
    await admit('key', one)
    meanwhile.release()
    expect(await redis.zcard('playground:slots:key')).toBe(1)
    expect(warnings()).toEqual([expect.stringContaining('cannot be reached'), expect.stringContaining('is back')])
  })

  test('a Redis that takes no more writes is as one that is gone', async () => {
    await admit('key', one)
    await redis.config('SET', 'maxmemory', '1')
    expect(await admit('another key', one)).toMatchObject({ inFlight: 1 })
    expect(limitsHealth()).toEqual(gone)
    expect(warn).toHaveBeenCalledExactlyOnceWith({ reason: 'OOM' }, expect.any(String))
    await redis.config('SET', 'maxmemory', '0')
    await vi.waitFor(() => expect(limitsHealth()).toEqual(working), soon)
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
  })

  test('a password that is wrong is not told to anybody', async () => {
    env().redisUrl = server.url.replace('word', 'swordfish')
    expect(await admit('key', one)).toMatchObject({ inFlight: 1 })
    expect(limitsHealth()).toEqual(gone)
    expect(warn).toHaveBeenCalledExactlyOnceWith({ reason: 'WRONGPASS' }, expect.any(String))
    expect(JSON.stringify(warn.mock.calls)).not.toMatch(/swordfish|127\.0\.0\.1/)
    env().redisUrl = server.url
    await closeLimits()
    await admit('key', one)
    expect(limitsHealth()).toEqual(working)
  })
})

describe('without a Redis where REDIS_URL says', () => {
  test('requests are counted in this process from the first on', async () => {
    env().redisUrl = `redis://user:swordfish@127.0.0.1:${await freePort()}`
    await admit('key', one)
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
    expect(limitsHealth()).toEqual(gone)
    expect(warn).toHaveBeenCalledExactlyOnceWith({ reason: 'ECONNREFUSED' }, expect.any(String))
  })

  test.each([
    ['rediss', 0x16],
    ['redis', '*'.charCodeAt(0)],
  ])('%s: begins as it says, with TLS or without', async (scheme, byte) => {
    const heard = Promise.withResolvers<number | undefined>()
    const listener = createServer((socket) => {
      socket.once('data', (chunk) => heard.resolve(chunk[0])).on('error', () => {})
    })
    const port = await freePort()
    await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve))
    env().redisUrl = `${scheme}://127.0.0.1:${port}`
    limitsHealth()
    expect(await heard.promise).toBe(byte)
    await closeLimits()
    await new Promise((resolve) => listener.close(resolve))
  })
})
