import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { type Context, Hono } from 'hono'
import { approvalCreate, approvalCreated, approvalState } from '#lib/contract/approvals.ts'
import { authenticateFinish } from '#lib/contract/passkeys.ts'
import { beginApproval, declineApproval, finishApproval } from '../approvals/answers.ts'
import { askApproval, readApproval } from '../approvals/approvals.ts'
import { parse } from '../problem.ts'
import { answers, json, refuseMalformed } from './answers.ts'
import { params } from './by-id.ts'
import type { ApiEnv } from './context.ts'
import { jsonBody } from './json-body.ts'
import { onceHeader } from './once.ts'
import { operation, problemAnswer } from './operation.ts'
import { fromOf, fromOwnPages, throttled } from './own-pages.ts'

const note = 'For an access token that acts for a user.'

/** What OAuth apps ask their users to approve. */
export const approvals = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...operation('approvals.create', { body: true, ofUser: true, note }),
      method: 'post',
      path: '/approvals',
      summary: 'Ask the user to approve an action, on a page of this server',
      request: {
        body: json(approvalCreate),
        headers: onceHeader('The same one again asks for nothing more, and gives the same page.'),
      },
      responses: { ...answers(201, 'Where the user answers', approvalCreated), ...problemAnswer },
    }),
    async (c) => {
      const idempotencyKey = c.req.header('idempotency-key')
      return c.json(await askApproval(c.get('caller'), c.req.valid('json'), { idempotencyKey }), 201)
    },
  )
  .openapi(
    createRoute({
      ...operation('approvals.read', { ofUser: true, note }),
      method: 'get',
      path: '/approvals/{id}',
      summary: 'What the user answered, and the approval: once, to the app that asked',
      request: { params },
      responses: { ...answers(200, 'How far it is', approvalState), ...problemAnswer },
    }),
    async (c) => c.json(await readApproval(c.get('caller'), c.req.valid('param').id), 200),
  )

const idOf = (c: Context) => c.req.param('id') ?? ''

/** What the page of an approval asks of the server. No part of the public API: it follows the page as that changes. */
export const approvalPage = new Hono<ApiEnv>()
  .use('/approval/:id/api/*', fromOwnPages, throttled)
  .post('/approval/:id/api/begin', async (c) => c.json(await beginApproval(idOf(c))))
  .post('/approval/:id/api/finish', jsonBody, async (c) => {
    await finishApproval(idOf(c), parse(authenticateFinish, await c.req.json()), fromOf(c))
    return c.body(null, 204)
  })
  .post('/approval/:id/api/decline', async (c) => {
    await declineApproval(idOf(c), fromOf(c))
    return c.body(null, 204)
  })
