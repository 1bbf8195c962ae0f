import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type RedisServer, redisCommand, startRedis } from '../../setup/redis-server.ts'
import { env } from '../env.ts'
import { Problem } from '../problem.ts'
import { admit, closeLimits, limitsHealth, noteFailure } from './limits.ts'
import { limitsOf } from './limits-of.ts'

const wide = { requestsPerMinute: 100, concurrent: 100 }

async function refusal(asked: Promise<unknown>): Promise<Problem> {
  const error = await asked.then(
    () => undefined,
    (reason) => reason,
  )
  if (!(error instanceof Problem)) throw new Error(`A refusal was expected, and not ${error}.`)
  return error
}

/** Asks so often at once, and says how many were let in. */
async function admitted(times: number, ask: () => Promise<unknown>): Promise<number> {
  const results = await Promise.allSettled(Array.from({ length: times }, ask))
  return results.filter(({ status }) => status === 'fulfilled').length
}

/** What Redis has of a bucket after its own clock was set back an hour: as many requests and slots as there may be. */
async function setBackRedis(url: string, bucket: string): Promise<void> {
  const redis = new Redis(url, { keyPrefix: 'playground:v1:' })
  await redis.pexpire(`requests:${bucket}`, 3_660_000)
  for (let slot = 0; slot < 5; slot++) await redis.zadd(`slots:${bucket}`, Date.now() + 3 * 3_600_000, `slot ${slot}`)
  await redis.quit()
}

afterEach(closeLimits)

for (const store of ['memory', 'redis'] as const)
  describe.skipIf(store === 'redis' && !redisCommand)(`counted in ${store}`, () => {
    let server: RedisServer | undefined
    beforeAll(async () => {
      if (store === 'redis') server = await startRedis()
      env().redisUrl = server?.url
    })
    afterEach(async () => {
      if (!server) return
      const redis = new Redis(server.url)
      await redis.flushall()
      await redis.quit()
    })
    afterAll(async () => {
      env().redisUrl = undefined
      await server?.stop()
    })

    test('a bucket has so many requests in a minute, and each answer says how many are left', async () => {
      const limits = { requestsPerMinute: 3, concurrent: 5 }
      for (const requests of [1, 2, 3]) {
        const admission = await admit('key', limits)
        expect(admission).toMatchObject({ requests, inFlight: 1 })
        expect(admission.headers).toEqual({
          'RateLimit-Policy': '"requests";q=3;w=60, "concurrent";q=5;qu="concurrent-requests"',
          RateLimit: `"requests";r=${3 - requests};t=60, "concurrent";r=4`,
        })
        admission.release()
      }
      for (const _ of [1, 2]) {
        const { code, status, detail, details } = await refusal(admit('key', limits))
        expect([code, status]).toEqual(['rate_limited', 429])
        expect(detail).toMatch(/^Only 3 requests .* Come again in (?:60|59) s\.$/)
        expect(details.violatedPolicies).toEqual(['requests'])
        expect(details.headers).toEqual({
          'Retry-After': expect.stringMatching(/^(?:60|59)$/),
          'RateLimit-Policy': '"requests";q=3;w=60, "concurrent";q=5;qu="concurrent-requests"',
          RateLimit: `"requests";r=0;t=${details.headers?.['Retry-After']}, "concurrent";r=5`,
        })
      }
      expect(await admit('another key', limits)).toMatchObject({ requests: 1, inFlight: 1 })
      expect(await limitsHealth()).toEqual({ store, degraded: false })
    })

    test('a bucket has so many requests under way, and who is refused spends no request', async () => {
      const limits = { requestsPerMinute: 10, concurrent: 2 }
      const first = await admit('key', limits)
      expect(await admit('key', limits)).toMatchObject({ requests: 2, inFlight: 2 })
      for (const _ of [1, 2, 3]) {
        const { code, status, detail, details } = await refusal(admit('key', limits))
        expect([code, status]).toEqual(['concurrency_limited', 429])
        expect(detail).toMatch(/^Only 2 requests .* Come again when one has ended, or in 1 s\.$/)
        expect(details.violatedPolicies).toEqual(['concurrent'])
        expect(details.headers).toEqual({
          'Retry-After': '1',
          'RateLimit-Policy': '"requests";q=10;w=60, "concurrent";q=2;qu="concurrent-requests"',
          RateLimit: '"concurrent";r=0',
        })
      }
      expect(await admit('another key', limits)).toMatchObject({ inFlight: 1 })
      first.release()
      expect(await admit('key', limits)).toMatchObject({ requests: 3, inFlight: 2 })
    })

    test('a slot that is given back twice is one slot', async () => {
      const limits = { requestsPerMinute: 100, concurrent: 2 }
      const [first] = [await admit('key', limits), await admit('key', limits)]
      first.release()
      first.release()
      await admit('key', limits)
      first.release()
      expect(await refusal(admit('key', limits))).toMatchObject({ code: 'concurrency_limited' })
    })

    test('who is refused a request holds no slot', async () => {
      const limits = { requestsPerMinute: 1, concurrent: 1 }
      ;(await admit('key', limits)).release()
      for (const _ of [1, 2, 3]) expect(await refusal(admit('key', limits))).toMatchObject({ code: 'rate_limited' })
      expect(await admit('key', { requestsPerMinute: 100, concurrent: 1 })).toMatchObject({ inFlight: 1 })
    })

    test('of many requests at once, exactly the limit comes in', async () => {
      expect(await admitted(300, () => admit('slots', { requestsPerMinute: 1_000, concurrent: 50 }))).toBe(50)
      expect(await admitted(300, () => admit('requests', { requestsPerMinute: 100, concurrent: 1_000 }))).toBe(100)
    })

    test('a clock that is set back an hour shuts nobody out for that hour', async () => {
      const limits = { requestsPerMinute: 1, concurrent: 5 }
      await admit('key', limits)
      for (const _ of [1, 2]) expect((await refusal(admit('key', limits))).code).toBe('rate_limited')
      const now = Date.now.bind(Date)
      const back = vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000)
      try {
        if (server) await setBackRedis(server.url, 'key')
        expect(await admit('key', limits)).toMatchObject({ requests: 1 })
        const { details } = await refusal(admit('key', limits))
        expect(Number(new Headers(details.headers).get('retry-after'))).toBeLessThanOrEqual(60)
      } finally {
        back.mockRestore()
      }
    })

    test('an address may fail 300 times in a minute, whatever its key’s rate', async () => {
      expect(await admitted(310, () => noteFailure('192.0.2.1'))).toBe(300)
      const { code, status, details } = await refusal(noteFailure('192.0.2.1'))
      expect([code, status]).toEqual(['rate_limited', 429])
      expect(details.violatedPolicies).toEqual(['failures'])
      expect(details.headers).toMatchObject({
        'Retry-After': expect.stringMatching(/^(?:60|59|58)$/),
        'RateLimit-Policy': '"failures";q=300;w=60',
      })
      await expect(noteFailure('192.0.2.2')).resolves.toBeUndefined()
      expect(await admit('192.0.2.1', wide)).toMatchObject({ requests: 1 })
    })

    test('addresses of one IPv6 network share their failures, and so do those that are not known', async () => {
      let host = 0
      expect(await admitted(310, () => noteFailure(`2001:db8:0:1:${(host++).toString(16)}::1`))).toBe(300)
      await expect(noteFailure('2001:db8:0:2::1')).resolves.toBeUndefined()
      expect(await admitted(310, () => noteFailure(undefined))).toBe(300)
      await expect(noteFailure('::1')).resolves.toBeUndefined()
    })
  })

test('the limits are those of the key’s type and tier', () => {
  expect(limitsOf('test', 'standard')).toEqual({ requestsPerMinute: 100, concurrent: 5 })
  expect(limitsOf('test', 'enterprise')).toEqual({ requestsPerMinute: 100, concurrent: 5 })
  expect(limitsOf('live', 'standard')).toEqual({ requestsPerMinute: 1_000, concurrent: 50 })
  expect(limitsOf('live', 'enterprise')).toEqual({ requestsPerMinute: 10_000, concurrent: 500 })
})
