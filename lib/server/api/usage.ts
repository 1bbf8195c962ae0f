import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { usageAnswer, usageQuery } from '#lib/contract/usage.ts'
import { csvOf, report } from '../usage/report.ts'
import { refuseMalformed } from './answers.ts'
import type { ApiEnv } from './context.ts'
import { download } from './download.ts'
import { operation, problemAnswer } from './operation.ts'
import { wantsCsv } from './wants-csv.ts'

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
    if (!wantsCsv(c)) return c.json(answer, 200)
    return download(c, `usage-by-${query.groupBy}.csv`, csvOf(answer, query.groupBy))
  },
)
