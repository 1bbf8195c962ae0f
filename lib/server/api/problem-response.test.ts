import { Hono } from 'hono'
import { afterEach, expect, test, vi } from 'vitest'
import { log } from '../log.ts'
import { Problem } from '../problem.ts'
import type { ApiEnv } from './context.ts'
import { problemResponse } from './problem-response.ts'

const error = vi.spyOn(log(), 'error').mockImplementation(() => {})
afterEach(() => error.mockClear())

test.each([
  ['of this server is a line', new Error('broken'), 500, 1],
  ['of a tenant’s endpoint is none', new Problem('skill_failed', 'No.', { run: { reason: 'status' } }), 502, 0],
  ['of its time is none', new Problem('skill_timeout', 'No.', { run: { reason: 'timeout' } }), 504, 0],
])('a failure %s in the operator’s log', async (_, thrown, status, lines) => {
  const app = new Hono<ApiEnv>().onError(problemResponse).get('/', () => {
    throw thrown
  })
  expect((await app.request('/')).status).toBe(status)
  expect(error).toHaveBeenCalledTimes(lines)
})
