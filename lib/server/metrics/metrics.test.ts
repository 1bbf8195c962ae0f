import { afterEach, describe, expect, test, vi } from 'vitest'
import { redisCommand, startRedis } from '../../setup/redis-server.ts'
import { freePort } from '../../setup/serve.ts'
import { env } from '../env.ts'
import { admit, closeLimits } from '../limits/limits.ts'
import { Problem } from '../problem.ts'
import { exposition, noteAnswer, noteCounted } from './metrics.ts'

const shared = globalThis as { playgroundMetrics?: unknown }
const soon = { timeout: 10_000, interval: 20 }
const limits = { requestsPerMinute: 10, concurrent: 10 }

afterEach(async () => {
  await closeLimits()
  env().redisUrl = undefined
  shared.playgroundMetrics = undefined
})

/** The value of one sample; undefined where it is absent. */
async function sample(name: string): Promise<number | undefined> {
  const { text } = await exposition()
  const line = text.split('\n').find((line) => line.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length + 1))
}

describe('limits_redis_up', () => {
  test('is absent without REDIS_URL', async () => {
    expect((await exposition()).text).not.toContain('limits_redis_up')
  })

  test('is 0 where nothing answers, from the first look on', async () => {
    env().redisUrl = `redis://127.0.0.1:${await freePort()}`
    expect(await sample('limits_redis_up')).toBe(0)
  })

  test.skipIf(!redisCommand)('is 1 with a Redis, 0 while it hangs or is gone, and 1 again', async () => {
    const server = await startRedis()
    env().redisUrl = server.url
    expect(await sample('limits_redis_up')).toBe(1)
    server.pause()
    await admit('key', limits)
    expect(await sample('limits_redis_up')).toBe(0)
    server.resume()
    await vi.waitFor(async () => expect(await sample('limits_redis_up')).toBe(1), soon)
    await server.stop()
    await vi.waitFor(async () => expect(await sample('limits_redis_up')).toBe(0), soon)
  })
})

describe('an answer', () => {
  const answered = { operation: 'tenant.read', status: 200, seconds: 0.004, error: undefined }
  const refusedKey = new Problem('api_key_invalid', 'x')
  const throttled = (policy: string) => new Problem('rate_limited', 'x', { violatedPolicies: [policy] })

  test('is counted by operation and status, and timed by operation', async () => {
    noteAnswer(answered)
    noteAnswer({ ...answered, status: 503, seconds: 0.3, error: new Error('x') })
    noteAnswer({ ...answered, operation: undefined, status: 404 })
    expect(await sample('http_requests_total{operation="tenant.read",status="200"}')).toBe(1)
    expect(await sample('http_requests_total{operation="tenant.read",status="503"}')).toBe(1)
    expect(await sample('http_requests_total{operation="none",status="404"}')).toBe(1)
    expect(await sample('http_request_duration_seconds_bucket{le="0.0025",operation="tenant.read"}')).toBe(0)
    expect(await sample('http_request_duration_seconds_bucket{le="0.005",operation="tenant.read"}')).toBe(1)
    expect(await sample('http_request_duration_seconds_bucket{le="+Inf",operation="tenant.read"}')).toBe(2)
    expect(await sample('keys_refused_total')).toBe(0)
  })

  test('that refuses a key counts that, throttled or not', async () => {
    noteAnswer({ ...answered, status: 401, error: refusedKey })
    noteAnswer({ ...answered, status: 401, error: new Problem('api_key_missing', 'x') })
    noteAnswer({ ...answered, status: 429, error: throttled('failures') })
    noteAnswer({ ...answered, status: 429, error: throttled('requests') })
    expect(await sample('keys_refused_total')).toBe(2)
    expect(await sample('requests_limited_total{policy="failures"}')).toBe(1)
    expect(await sample('requests_limited_total{policy="requests"}')).toBe(1)
  })
})

test('requests in the usage figures are counted', async () => {
  noteCounted(3)
  noteCounted(4)
  expect(await sample('usage_counted_total')).toBe(7)
})
