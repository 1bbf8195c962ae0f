import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { usageAnswer, usageQuery } from '#lib/contract/usage.ts'
import { report } from '../usage/report.ts'
import { answers, refuseMalformed } from './answers.ts'
import type { ApiEnv } from './context.ts'
import { operation, problemAnswer } from './operation.ts'

export const usage = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed }).openapi(
  createRoute({
    ...operation('usage.read', { scope: 'usage:read' }),
    method: 'get',
    path: '/usage',
    summary: 'Requests and errors of this environment',
    request: { query: usageQuery },
    responses: { ...answers(200, 'One row a group, and their sums', usageAnswer), ...problemAnswer },
  }),
  async (c) => c.json(await report(c.get('caller'), c.req.valid('query')), 200),
)
