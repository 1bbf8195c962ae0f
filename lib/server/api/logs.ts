import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { z } from 'zod'
import { logEntry, logList, logQuery } from '#lib/contract/logs.ts'
import { plainText } from '#lib/contract/plain-text.ts'
import { listLogs, readLog } from '../logs/logs.ts'
import { answers, refuseMalformed } from './answers.ts'
import type { ApiEnv } from './context.ts'
import { operation, problemAnswer } from './operation.ts'

const note =
  'Not for an access token that acts for a user. In a live environment, which check failed is told to keys with passkeys:debug. A demo key sees the requests from its own address.'

/** The requests of the caller's environment, to look at: never a body, a header or a secret. */
export const logs = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...operation('logs.list', {
        note: `${note} Where few requests fit the filter, a page may hold less than \`limit\`, or nothing, and have a \`nextCursor\`.`,
      }),
      method: 'get',
      path: '/logs',
      summary: 'List the requests of the last days',
      request: { query: logQuery },
      responses: { ...answers(200, 'Requests, newest first', logList), ...problemAnswer },
    }),
    async (c) => c.json(await listLogs(c.get('caller'), c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      ...operation('logs.read', { note }),
      method: 'get',
      path: '/logs/{requestId}',
      summary: 'Look a request up by its id',
      request: { params: z.object({ requestId: plainText(64) }) },
      responses: { ...answers(200, 'The request', logEntry), ...problemAnswer },
    }),
    async (c) => c.json(await readLog(c.get('caller'), c.req.valid('param').requestId), 200),
  )
