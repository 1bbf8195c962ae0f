import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { toldEvent, toldEvents, usageEventsAnswer } from '#lib/contract/usage-events.ts'
import { noteFailure } from '../limits/limits.ts'
import { Problem } from '../problem.ts'
import { authenticateService } from '../service-tokens/service-tokens.ts'
import { takeEvents } from '../usage/events/events.ts'
import { answers } from './answers.ts'
import { clientAddress } from './client-address.ts'
import type { ApiEnv } from './context.ts'
import { jsonBodyOf } from './json-body.ts'
import { problemAnswer } from './operation.ts'

const one = 'application/cloudevents+json'
const batch = 'application/cloudevents-batch+json'

/** Ours alone: whoever tries tokens that are not valid is throttled by address. */
const withMpcServer: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const authenticate = () => authenticateService(c.req.header('authorization'), 'mpc')
  await authenticate().catch(async (error) => {
    if (error instanceof Problem && error.code === 'token_invalid') await noteFailure(clientAddress(c))
    throw error
  })
  c.set('checkAgain', authenticate)
  await next()
}

/** Requests that the MPC server answered and changes of its keys, told by itself. */
export const usageEventRoutes = new OpenAPIHono<ApiEnv>()

const route = createRoute({
  operationId: 'usage.events',
  method: 'post',
  path: '/usage/events',
  summary: 'Take in what the MPC server tells, as CloudEvents 1.0: requests, to be counted, and changes of keys',
  description:
    'For the operator’s own services, with a service token and never with a tenant’s key. A change of a key comes into its tenant’s audit log. An id counts once. Of a batch, all events are taken or none is.',
  security: [{ serviceToken: [] }],
  request: {
    body: { content: { [one]: { schema: toldEvent }, [batch]: { schema: toldEvents } }, required: true },
  },
  responses: { ...answers(200, 'All are counted', usageEventsAnswer), ...problemAnswer },
})
usageEventRoutes.openAPIRegistry.registerPath(route)

// The two forms differ by their media type, by which the schema’s own validator would not tell them apart.
usageEventRoutes.post('/usage/events', withMpcServer, jsonBodyOf({ values: 3_000 }), async (c) => {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== one && type !== batch) {
    throw new Problem('unsupported_media_type', `Send an event as “Content-Type: ${one}”, several as “${batch}”.`)
  }
  const told: unknown = await c.req.json()
  return c.json(await takeEvents(type === one ? [told] : told), 200)
})
