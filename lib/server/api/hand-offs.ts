import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { handOffCreate, handOffCreated, handOffTake, handOffTaken, handOffView } from '#lib/contract/hand-offs.ts'
import { makeHandOff, readHandOff } from '../keys/hand-offs/hand-offs.ts'
import { takeHandOff } from '../keys/hand-offs/take.ts'
import { admit, networkOf } from '../limits/limits.ts'
import { count } from '../usage/count.ts'
import { answers, json, refuseMalformed } from './answers.ts'
import { params } from './by-id.ts'
import { clientAddress } from './client-address.ts'
import type { ApiEnv } from './context.ts'
import { jsonBody } from './json-body.ts'
import { carriedOut, operation, problemAnswer } from './operation.ts'
import { fromOf } from './own-pages.ts'

/** A room behind one address takes a code each; nobody guesses 256 bits with that. */
const limits = { requestsPerMinute: 100, concurrent: 20 }

/** Whose address is not known shares the allowance of all such. */
const limitedByAddress: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const { headers, release } = await admit(`hand-off ${networkOf(clientAddress(c))}`, limits)
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  await next().finally(release)
}

/** A test key for a phone in the room, by a code that is good once. */
export const handOffs = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...operation('handoffs.create', {
        body: true,
        note: 'For an API key of a test environment that holds passkeys:authenticate, too, and was not handed on itself.',
      }),
      method: 'post',
      path: '/hand-offs',
      summary: 'Make a one-time code by which a phone gets a test key of its own, for an hour',
      request: { body: json(handOffCreate) },
      responses: {
        ...answers(201, 'The address to open on the phone, within five minutes', handOffCreated),
        ...problemAnswer,
      },
    }),
    async (c) => c.json(await makeHandOff(c.get('caller'), c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...operation('handoffs.read'),
      method: 'get',
      path: '/hand-offs/{id}',
      summary: 'Whether a code was taken',
      request: { params },
      responses: { ...answers(200, 'How far it is', handOffView), ...problemAnswer },
    }),
    async (c) => c.json(await readHandOff(c.get('caller'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      operationId: 'handoffs.take',
      security: [] as Record<string, string[]>[],
      middleware: [limitedByAddress, jsonBody],
      method: 'post',
      path: '/hand-offs/take',
      summary: 'Take what a code stands for, once: a test key, and what the page begins with',
      description: 'Needs no key: the code is the secret. Limited by address.',
      request: { body: json(handOffTake) },
      responses: { ...answers(201, 'The key, whose secret is here and nowhere else', handOffTaken), ...problemAnswer },
    }),
    async (c) => {
      const { answer, caller } = await takeHandOff(c.req.valid('json'), fromOf(c))
      c.set('owner', caller)
      const counted = { operation: 'handoffs.take', outcome: 'ok', requests: 0, inFlight: 0 }
      await count(caller, counted).catch((error) => {
        throw carriedOut(error)
      })
      return c.json(answer, 201)
    },
  )
