import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { accepts } from 'hono/accepts'
import { z } from 'zod'
import { usageAnswer, usageQuery } from '#lib/contract/usage.ts'
import { csvOf, report } from '../usage/report.ts'
import { refuseMalformed } from './answers.ts'
import type { ApiEnv } from './context.ts'
import { operation, problemAnswer } from './operation.ts'

export const usage = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed }).openapi(
  createRoute({
    ...operation('usage.read'),
    method: 'get',
    path: '/usage',
    summary: 'Requests and errors of this environment',
    request: { query: usageQuery },
    responses: {
      200: {
        description: 'One row a group, and their sums; with `Accept: text/csv` the rows as CSV',
        content: { 'application/json': { schema: usageAnswer }, 'text/csv': { schema: z.string() } },
      },
      ...problemAnswer,
    },
  }),
  async (c) => {
    const query = c.req.valid('query')
    const answer = await report(c.get('caller'), query)
    const type = accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'text/csv'],
      default: 'application/json',
    })
    c.header('Vary', 'Accept', { append: true })
    if (type !== 'text/csv') return c.json(answer, 200)
    return c.text(csvOf(answer, query.groupBy), 200, {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="usage-by-${query.groupBy}.csv"`,
    })
  },
)
