import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { freePort } from '../../setup/serve.ts'
import { env } from '../env.ts'
import { log } from '../log.ts'
import { admit, closeLimits, limitsHealth } from './limits.ts'

// Of a server without a Redis where REDIS_URL says that there is one.

const one = { requestsPerMinute: 1_000, concurrent: 1 }

beforeEach(() => {
  vi.spyOn(log(), 'warn').mockImplementation(() => {})
})
afterEach(async () => {
  await closeLimits()
  vi.restoreAllMocks()
  env().redisUrl = undefined
})

test('requests are counted in this process from the first on', async () => {
  env().redisUrl = `redis://user:swordfish@127.0.0.1:${await freePort()}`
  await admit('key', one)
  await expect(admit('key', one)).rejects.toMatchObject({ code: 'concurrency_limited' })
  expect(await limitsHealth()).toEqual({ store: 'memory', degraded: true })
  expect(log().warn).toHaveBeenCalledExactlyOnceWith(
    { reason: 'ECONNREFUSED' },
    expect.stringContaining('does not answer'),
  )
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
