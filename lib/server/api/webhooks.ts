import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import {
  deliveryDetail,
  deliveryList,
  deliveryQuery,
  eventTypeList,
  webhookCreate,
  webhookCreated,
  webhookList,
  webhookQuery,
  webhookRecover,
  webhookRecovered,
  webhookSecretAsked,
  webhookTest,
  webhookUpdate,
  webhookView,
} from '#lib/contract/webhooks.ts'
import { listDeliveries, readDelivery, recover, resend, sendTest } from '../webhooks/deliveries/deliveries.ts'
import {
  createWebhook,
  deleteWebhook,
  eventTypes,
  listWebhooks,
  readWebhook,
  rotateSecret,
  updateWebhook,
} from '../webhooks/endpoints.ts'
import { answers, json, refuseMalformed } from './answers.ts'
import { params } from './by-id.ts'
import type { ApiEnv } from './context.ts'
import { onceWithSecret } from './once.ts'
import { operation, problemAnswer } from './operation.ts'

const ofCreate =
  'Calls are signed by Standard Webhooks: `v1` with the secret, `v1a` (Ed25519) for the public key. The URL begins with `https://` and leads to public addresses.'

const ofTest =
  'A test carries the example of its type, signed as an event that happened. What tells them apart is signed, too: the `webhook-id` of a test begins with `msg_test_`. The header `webhook-test: true` says the same.'

/** Webhook endpoints, and what they are told. */
export const webhooks = new OpenAPIHono<ApiEnv>({ defaultHook: refuseMalformed })
  .openapi(
    createRoute({
      ...operation('webhooks.types', { note: ofTest }),
      method: 'get',
      path: '/webhooks/event-types',
      summary: 'List everything that endpoints can be told of, with schemas and examples',
      responses: { ...answers(200, 'All types', eventTypeList), ...problemAnswer },
    }),
    (c) => c.json({ data: eventTypes(), nextCursor: null }, 200),
  )
  .openapi(
    createRoute({
      ...operation('webhooks.deliveries.read'),
      method: 'get',
      path: '/webhooks/deliveries/{id}',
      summary: 'Read a delivery, with what is sent and every attempt',
      request: { params },
      responses: { ...answers(200, 'The delivery', deliveryDetail), ...problemAnswer },
    }),
    async (c) => c.json(await readDelivery(c.get('caller'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...operation('webhooks.deliveries.resend'),
      method: 'post',
      path: '/webhooks/deliveries/{id}/resend',
      summary: 'Send an event once more, whatever became of it',
      request: { params },
      responses: { ...answers(200, 'The delivery, due now', deliveryDetail), ...problemAnswer },
    }),
    async (c) => c.json(await resend(c.get('caller'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...operation('webhooks.create', { body: true, note: ofCreate }),
      method: 'post',
      path: '/webhooks',
      summary: 'Create a webhook endpoint of this environment',
      request: { body: json(webhookCreate), headers: onceWithSecret },
      responses: {
        ...answers(201, 'The endpoint, with its secret: the only time that it is shown', webhookCreated),
        ...problemAnswer,
      },
    }),
    async (c) => {
      const idempotencyKey = c.req.header('idempotency-key')
      return c.json(await createWebhook(c.get('caller'), c.req.valid('json'), { idempotencyKey }), 201)
    },
  )
  .openapi(
    createRoute({
      ...operation('webhooks.list'),
      method: 'get',
      path: '/webhooks',
      summary: 'List the webhook endpoints of this environment',
      request: { query: webhookQuery },
      responses: { ...answers(200, 'Endpoints, oldest first', webhookList), ...problemAnswer },
    }),
    async (c) => c.json(await listWebhooks(c.get('caller'), c.req.valid('query')), 200),
  )
  .openapi(
    createRoute({
      ...operation('webhooks.read'),
      method: 'get',
      path: '/webhooks/{id}',
      summary: 'Read a webhook endpoint',
      request: { params },
      responses: { ...answers(200, 'The endpoint', webhookView), ...problemAnswer },
    }),
    async (c) => c.json(await readWebhook(c.get('caller'), c.req.valid('param').id), 200),
  )
  .openapi(
    createRoute({
      ...operation('webhooks.update', { body: true }),
      method: 'patch',
      path: '/webhooks/{id}',
      summary: 'Change a webhook endpoint, turn it off, or on again',
      request: { params, body: json(webhookUpdate) },
      responses: { ...answers(200, 'The endpoint', webhookView), ...problemAnswer },
    }),
    async (c) => c.json(await updateWebhook(c.get('caller'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...operation('webhooks.delete'),
      method: 'delete',
      path: '/webhooks/{id}',
      summary: 'Delete a webhook endpoint: nothing more is sent to it',
      request: { params },
      responses: { 204: { description: 'Deleted' }, ...problemAnswer },
    }),
    async (c) => {
      await deleteWebhook(c.get('caller'), c.req.valid('param').id)
      return c.body(null, 204)
    },
  )
  .openapi(
    createRoute({
      ...operation('webhooks.secret.rotate'),
      method: 'post',
      path: '/webhooks/{id}/rotate-secret',
      summary: 'Make a new signing secret; the one before signs, too, for 24 hours',
      request: { params, headers: onceWithSecret },
      responses: {
        ...answers(200, 'The endpoint, with its new secret: the only time that it is shown', webhookSecretAsked),
        ...problemAnswer,
      },
    }),
    async (c) => {
      const idempotencyKey = c.req.header('idempotency-key')
      return c.json(await rotateSecret(c.get('caller'), c.req.valid('param').id, { idempotencyKey }), 200)
    },
  )
  .openapi(
    createRoute({
      ...operation('webhooks.test', { body: 'optional', note: ofTest }),
      method: 'post',
      path: '/webhooks/{id}/test',
      summary: 'Send an example of an event to an endpoint',
      request: { params, body: { ...json(webhookTest), required: false } },
      responses: { ...answers(201, 'Its delivery, due now', deliveryDetail), ...problemAnswer },
    }),
    async (c) => c.json(await sendTest(c.get('caller'), c.req.valid('param').id, c.req.valid('json')), 201),
  )
  .openapi(
    createRoute({
      ...operation('webhooks.recover', { body: true }),
      method: 'post',
      path: '/webhooks/{id}/recover',
      summary: 'Send again what did not arrive since a moment; a thousand deliveries at most',
      request: { params, body: json(webhookRecover) },
      responses: { ...answers(200, 'How many are sent again', webhookRecovered), ...problemAnswer },
    }),
    async (c) => c.json(await recover(c.get('caller'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(
    createRoute({
      ...operation('webhooks.deliveries.list'),
      method: 'get',
      path: '/webhooks/{id}/deliveries',
      summary: 'List the deliveries to an endpoint',
      request: { params, query: deliveryQuery },
      responses: { ...answers(200, 'Deliveries, newest first', deliveryList), ...problemAnswer },
    }),
    async (c) => c.json(await listDeliveries(c.get('caller'), c.req.valid('param').id, c.req.valid('query')), 200),
  )
