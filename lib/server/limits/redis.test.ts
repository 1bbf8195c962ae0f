import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type RedisServer, redisCommand, startRedis } from '../../setup/redis-server.ts'
import { slowedPort } from '../../setup/slowed-port.ts'
import { api } from '../api/app.ts'
import { clock } from '../clock.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { admit, closeLimits, limitsHealth } from './limits.ts'

const wide = { requestsPerMinute: 1_000, concurrent: 100 }
const one = { requestsPerMinute: 1_000, concurrent: 1 }
const working = { store: 'redis', degraded: false } as const
const gone = { store: 'memory', degraded: true } as const

const soon = { timeout: 10_000, interval: 20 }
const warn = vi.spyOn(log(), 'warn').mockImplementation(() => {})
const warnings = () => warn.mock.calls.map((call) => call.at(-1))

// The beat's second is this file's to pass: each look at what is waited for is one.
const { now } = clock
beforeEach(() => {
  warn.mockClear()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(async () => {
  await closeLimits()
  vi.useRealTimers()
  clock.now = now
})
const passSecond = () => vi.advanceTimersByTime(1_000)
const until = (holds: () => Promise<void>) =>
  vi.waitFor(() => {
    passSecond()
    return holds()
  }, soon)
const untilHealth = (health: Awaited<ReturnType<typeof limitsHealth>>) =>
  until(async () => expect(await limitsHealth()).toEqual(health))
/** A minute later, by the clock. */
const passMinute = () => {
  const later = clock.now() + 60_000
  clock.now = () => later
}

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
    await redis.config('SET', 'maxmemory', '0', 'min-replicas-to-write', '0')
  })
  afterAll(async () => {
    redis.disconnect()
    await server.stop()
  })

  test('a process that is busy while it opens its connection does not take that for Redis’s silence', async () => {
    const admitted = admit('key', one)
    for (const began = performance.now(); performance.now() - began < 1_100; );
    expect(await admitted).toMatchObject({ inFlight: 1 })
    expect([await limitsHealth(), warnings()]).toEqual([working, []])
  })

  test('what a process held that crashed is free again when its lease ends', async () => {
    await admit('key', one)
    await closeLimits()
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
    const [lease = '', end] = await redis.zrange('playground:v1:slots:key', '0', '-1', 'WITHSCORES')
    const seconds = Number((await redis.time())[0])
    expect(Math.abs(Number(end) / 1000 - seconds - 60)).toBeLessThan(3)
    expect(await redis.pttl('playground:v1:slots:key')).toBeGreaterThan(50_000)
    await redis.zadd('playground:v1:slots:key', seconds * 1000 - 1, lease)
    expect(await admit('key', one)).toMatchObject({ inFlight: 1 })
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
  })

  test('a minute ends a minute after it began', async () => {
    const limits = { requestsPerMinute: 1, concurrent: 5 }
    await admit('key', limits)
    expect(await redis.pttl('playground:v1:requests:key')).toBeGreaterThan(55_000)
    await redis.pexpire('playground:v1:requests:key', 0)
    expect(await admit('key', limits)).toMatchObject({ requests: 1 })
    await expect(admit('key', limits)).rejects.toMatchObject({ code: 'rate_limited' })
  })

  test('a Redis that hangs is waited for once, and none of what it was asked meanwhile holds a slot later', async () => {
    const before = await admit('before', one)
    server.pause()
    const first = await admit('key', one)
    expect(await limitsHealth()).toEqual(gone)
    // To wait for each of these would take longer than any test may.
    for (let index = 0; index < 1_000; index++) await admit(`key ${index}`, one)
    before.release()
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
    server.resume()
    await untilHealth(working)
    await until(async () => expect(await redis.keys('playground:v1:slots:*')).toEqual([]))
    const second = await admit('key', one)
    // The first was taken in memory: to give it back frees nothing in Redis.
    first.release()
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
    second.release()
    await vi.waitFor(async () => expect(await admit('key', one)).toMatchObject({ inFlight: 1 }), soon)
    passMinute()
    await until(async () =>
      expect(warnings()).toEqual([expect.stringContaining('does not answer'), expect.stringContaining('is back')]),
    )
  })

  test('requests go on when Redis is gone, and are counted there again when it is back', async () => {
    const before = await admit('key', one)
    await server.stop()
    await untilHealth(gone)
    const meanwhile = await admit('key', one)
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
    before.release()
    server = await startRedis({ port: server.port, password: 'p@ss/word' })
    await untilHealth(working)
    await admit('key', one)
    meanwhile.release()
    expect(await redis.zcard('playground:v1:slots:key')).toBe(1)
    passMinute()
    await until(async () =>
      expect(warnings()).toEqual([expect.stringContaining('does not answer'), expect.stringContaining('is back')]),
    )
  })

  /** Beats that Redis has heard, of whatever link. */
  async function beatsHeard(): Promise<number> {
    const counted = await redis.keys('playground:v1:beats:*')
    return (counted.length ? await redis.mget(counted) : []).reduce((sum, count) => sum + Number(count), 0)
  }

  /** Lets so many beats come, and no more, and looks after each. */
  async function beats(number: number, look: () => Promise<void>): Promise<void> {
    for (let beat = 1; beat <= number; beat++) {
      const before = await beatsHeard()
      passSecond()
      await vi.waitFor(async () => expect(await beatsHeard()).toBeGreaterThan(before), soon)
      await look()
    }
  }

  test('a Redis that is full is as one that is gone, and said to be once', async () => {
    const held = await admit('key', one)
    await redis.config('SET', 'maxmemory', '1')
    expect(await admit('another key', one)).toMatchObject({ inFlight: 1 })
    expect(await limitsHealth()).toEqual(gone)
    expect(await redis.keys('*another*')).toEqual([])
    for (let second = 0; second < 30; second++) {
      passSecond()
      await expect(admit('another key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
      await redis.ping()
      expect(await limitsHealth()).toEqual(gone)
    }
    expect(warn).toHaveBeenCalledExactlyOnceWith({ reason: 'OOM' }, expect.stringContaining('refuses to count'))
    await redis.config('SET', 'maxmemory', '0')
    await untilHealth(working)
    await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
    held.release()
  })

  test('the beat alone finds that Redis is full, and that it takes no writes', async () => {
    for (const [name, value, instead] of [
      ['maxmemory', '1', '0'],
      ['min-replicas-to-write', '1', '0'],
    ] as const) {
      await closeLimits()
      expect(await limitsHealth()).toEqual(working)
      await redis.config('SET', name, value)
      await untilHealth(gone)
      await closeLimits()
      const first = await api().request('/readyz')
      expect([first.status, await first.json()]).toEqual([200, { status: 'degraded', limits: 'memory' }])
      await redis.config('SET', name, instead)
      await untilHealth(working)
    }
  })

  test('of a Redis that hangs when this process starts, the first look tells the truth', async () => {
    server.pause()
    expect(await limitsHealth()).toEqual(gone)
    await closeLimits()
    server.resume()
    expect(await limitsHealth()).toEqual(working)
  })

  test('a bucket whose key is of another type is counted in this process, and the others are not', async () => {
    await redis.set('playground:v1:slots:planted', 'text')
    await redis.rpush('playground:v1:requests:list', 'text')
    await redis.set('playground:v1:requests:text', 'text')
    const limits = { requestsPerMinute: 2, concurrent: 1 }
    const planted = await admit('planted', limits)
    await expect(admit('planted', limits)).rejects.toMatchObject({ code: 'concurrency_limited' })
    planted.release()
    for (const bucket of ['list', 'text']) {
      for (const requests of [1, 2]) {
        const admission = await admit(bucket, { ...limits, concurrent: 5 })
        expect(admission).toMatchObject({ requests, inFlight: requests })
      }
      await expect(admit(bucket, { ...limits, concurrent: 5 })).rejects.toMatchObject({ code: 'rate_limited' })
    }
    await admit('another', one)
    await beats(3, async () => {
      expect(await limitsHealth()).toEqual(working)
      ;(await admit('list', wide)).release()
    })
    expect(await redis.zcard('playground:v1:slots:another')).toBe(1)
    expect(await redis.type('playground:v1:slots:planted')).toBe('string')
    expect(warn).toHaveBeenCalledExactlyOnceWith({ reason: 'WRONGTYPE' }, expect.stringContaining('some bucket'))
    await redis.del('playground:v1:slots:planted')
    await admit('planted', wide)
    expect(await redis.zcard('playground:v1:slots:planted')).toBe(1)
  })

  test('back is who has answered five beats in a row, and not before', async () => {
    await admit('key', one)
    await redis.config('SET', 'maxmemory', '1')
    await untilHealth(gone)
    await redis.config('SET', 'maxmemory', '0')
    await beats(4, async () => expect(await limitsHealth()).toEqual(gone))
    await redis.config('RESETSTAT')
    await redis.config('SET', 'maxmemory', '1')
    await until(async () => expect(await redis.info('errorstats')).toContain('OOM'))
    await redis.config('SET', 'maxmemory', '0')
    await beats(4, async () => expect(await limitsHealth()).toEqual(gone))
    await untilHealth(working)
  })

  test('who answers just in time while it is up does not come back by that', async () => {
    const slow = await slowedPort(server.port)
    env().redisUrl = server.url.replace(String(server.port), String(slow.port))
    try {
      expect(await limitsHealth()).toEqual(working)
      slow.delay(400)
      await untilHealth(gone)
      slow.delay(150)
      const heard = await beatsHeard()
      const stores = new Set<string>()
      await until(async () => {
        stores.add((await limitsHealth()).store)
        expect(await beatsHeard()).toBeGreaterThan(heard + 8)
      })
      expect([...stores]).toEqual(['memory'])
      slow.delay(0)
      await untilHealth(working)
    } finally {
      env().redisUrl = server.url
      await closeLimits()
      slow.stop()
    }
  })

  test('the log says a change once a minute at most, and then what is so', async () => {
    const began = now()
    clock.now = () => began
    await admit('key', one)
    for (const _ of ['once', 'again']) {
      await redis.config('SET', 'maxmemory', '1')
      await untilHealth(gone)
      await redis.config('SET', 'maxmemory', '0')
      await untilHealth(working)
    }
    expect(warnings()).toEqual([expect.stringContaining('refuses to count')])
    clock.now = () => began + 59_999
    await beats(2, async () => expect(warnings()).toHaveLength(1))
    clock.now = () => began + 60_000
    await until(async () =>
      expect(warnings()).toEqual([expect.stringContaining('refuses to count'), expect.stringContaining('is back')]),
    )
    await beats(2, async () => expect(warnings()).toHaveLength(2))
  })

  test('every key is under the prefix of this version, and ends by itself', async () => {
    await admit('key', one)
    await beats(1, async () => {})
    const keys = await redis.keys('*')
    expect(keys.length).toBeGreaterThanOrEqual(4)
    for (const key of keys) {
      expect(key).toMatch(/^playground:v1:(?:slots|requests|beat|beats):/)
      expect(await redis.pttl(key)).toBeGreaterThan(0)
    }
  })

  test('a password that is wrong is not told to anybody', async () => {
    env().redisUrl = server.url.replace('word', 'swordfish')
    expect(await admit('key', one)).toMatchObject({ inFlight: 1 })
    expect(await limitsHealth()).toEqual(gone)
    expect(warn).toHaveBeenCalledExactlyOnceWith({ reason: 'WRONGPASS' }, expect.stringContaining('refuses'))
    expect(JSON.stringify(warn.mock.calls)).not.toMatch(/swordfish|127\.0\.0\.1/)
    env().redisUrl = server.url
    await closeLimits()
    await admit('key', one)
    expect(await limitsHealth()).toEqual(working)
  })
})
