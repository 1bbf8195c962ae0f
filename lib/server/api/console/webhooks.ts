import { type Context, Hono } from 'hono'
import { type ConsoleWebhook, consoleKeysQuery, consoleWebhookCreate } from '#lib/contract/console.ts'
import {
  deliveryQuery,
  maxEndpoints,
  type WebhookView,
  webhookRecover,
  webhookTest,
  webhookUpdate,
} from '#lib/contract/webhooks.ts'
import type { Caller } from '../../caller.ts'
import { callerOf } from '../../console/sessions.ts'
import { parse } from '../../problem.ts'
import {
  countUndelivered,
  listDeliveries,
  readDelivery,
  recover,
  resend,
  sendTest,
} from '../../webhooks/deliveries/deliveries.ts'
import {
  createWebhook,
  deleteWebhook,
  listWebhooks,
  placeOfWebhook,
  readWebhook,
  rotateSecret,
  updateWebhook,
} from '../../webhooks/endpoints.ts'
import { webhookFigures } from '../../webhooks/figures/figures.ts'
import { notFound } from '../../webhooks/view.ts'
import { jsonBody } from '../json-body.ts'
import { type ConsoleEnv, confirmedIfLive, developer, viewer } from './context.ts'

/** The tenant's webhook endpoints and what they are told, managed by a member. */
export const webhooks = new Hono<ConsoleEnv>()
  .get('/webhooks', viewer, async (c) => {
    const { environment } = parse(consoleKeysQuery, c.req.query())
    const caller = callerOf(c.get('signedIn'), environment)
    const { data } = await listWebhooks(caller, { limit: maxEndpoints })
    return c.json({ data: await Promise.all(data.map((view) => withFigures(caller, view))) })
  })
  .post('/webhooks', developer, jsonBody, async (c) => {
    const { environment, ...request } = parse(consoleWebhookCreate, await c.req.json())
    const caller = callerOf(c.get('signedIn'), environment)
    const idempotencyKey = c.req.header('idempotency-key')
    return c.json(await confirmedIfLive(c, caller, () => createWebhook(caller, request, { idempotencyKey })), 201)
  })
  .get('/webhooks/:id', viewer, async (c) => {
    const caller = await keeperOf(c)
    return c.json(await withFigures(caller, await readWebhook(caller, c.req.param('id'))))
  })
  .patch('/webhooks/:id', developer, jsonBody, async (c) => {
    const caller = await keeperOf(c)
    const request = parse(webhookUpdate, await c.req.json())
    return c.json(await confirmedIfLive(c, caller, () => updateWebhook(caller, c.req.param('id'), request)))
  })
  .delete('/webhooks/:id', developer, async (c) => {
    const caller = await keeperOf(c)
    await confirmedIfLive(c, caller, () => deleteWebhook(caller, c.req.param('id')))
    return c.body(null, 204)
  })
  .post('/webhooks/:id/rotate-secret', developer, jsonBody, async (c) => {
    const caller = await keeperOf(c)
    return c.json(await confirmedIfLive(c, caller, () => rotateSecret(caller, c.req.param('id'))))
  })
  // It is told as what happened is, but for its id: a member does so to a live endpoint as they change one.
  .post('/webhooks/:id/test', developer, jsonBody, async (c) => {
    const caller = await keeperOf(c)
    const request = parse(webhookTest, await c.req.json())
    return c.json(await confirmedIfLive(c, caller, () => sendTest(caller, c.req.param('id'), request)), 201)
  })
  // What happened is said again, under the id that receivers know: that changes nothing.
  .post('/webhooks/:id/recover', developer, jsonBody, async (c) => {
    const caller = await keeperOf(c)
    return c.json(await recover(caller, c.req.param('id'), parse(webhookRecover, await c.req.json())))
  })
  .get('/webhooks/:id/deliveries', viewer, async (c) => {
    const caller = await keeperOf(c)
    const [list, undelivered] = await Promise.all([
      listDeliveries(caller, c.req.param('id'), parse(deliveryQuery, c.req.query())),
      countUndelivered(caller, c.req.param('id')),
    ])
    return c.json({ ...list, undelivered })
  })
  .get('/webhooks/:id/deliveries/:delivery', viewer, async (c) => c.json(await deliveryOf(c, await keeperOf(c))))
  .post('/webhooks/:id/deliveries/:delivery/resend', developer, jsonBody, async (c) => {
    const caller = await keeperOf(c)
    return c.json(await resend(caller, (await deliveryOf(c, caller)).id))
  })

async function withFigures(caller: Caller, view: WebhookView): Promise<ConsoleWebhook> {
  return { ...view, environment: caller.environment, figures: await webhookFigures(caller, view.id) }
}

/** The delivery that the path names, which is one to the endpoint that it names. */
async function deliveryOf(c: Context<ConsoleEnv>, caller: Caller) {
  const delivery = await readDelivery(caller, c.req.param('delivery') ?? '')
  if (delivery.webhookId !== c.req.param('id')) throw notFound()
  return delivery
}

/** The member in the environment of the endpoint that the path names; another tenant's endpoint does not exist. */
async function keeperOf(c: Context<ConsoleEnv>): Promise<Caller> {
  const signedIn = c.get('signedIn')
  const { tenantId, environment } = await placeOfWebhook(c.req.param('id') ?? '')
  if (tenantId !== signedIn.tenant.id) throw notFound()
  return callerOf(signedIn, environment)
}
