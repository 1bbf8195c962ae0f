import type { z } from 'zod'
import { mostCounted } from '#lib/contract/most-counted.ts'
import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import { exampleOf } from '#lib/contract/webhook-events.ts'
import {
  type DeliveryDetail,
  type DeliveryList,
  type deliveryQuery,
  type WebhookRecover,
  type WebhookRecovered,
  type WebhookTest,
  webhookRecover,
  webhookTest,
} from '#lib/contract/webhooks.ts'
import { type Caller, placeOf } from '../../caller.ts'
import { clock, later } from '../../clock.ts'
import { newId } from '../../ids.ts'
import { Problem, parse } from '../../problem.ts'
import { readWebhook } from '../endpoints.ts'
import { eventOf } from '../tell.ts'
import { wakeSender } from '../wake.ts'
import * as store from './store.ts'
import { detailOf, viewOf } from './view.ts'

/** How long events, deliveries and attempts are kept. */
export const keptDays = 30

/** So many deliveries one `recover` begins again. */
const mostRecovered = 1_000
/** So long, in milliseconds, a schedule goes on by itself: to its third attempt. */
const recentlyBegun = 5 * 60_000

/**
 * The deliveries to an endpoint, newest first, a page of them.
 *
 * @throws Problem not_found
 */
export async function listDeliveries(
  caller: Caller,
  webhookId: string,
  { limit = 50, cursor, status }: Partial<z.output<typeof deliveryQuery>> = {},
): Promise<DeliveryList> {
  const { enabled } = await readWebhook(caller, webhookId)
  const rows = await store.list(webhookId, status, limit + 1, cursor)
  const data = rows.slice(0, limit).map((row) => viewOf(row, enabled))
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}

/**
 * How many of the deliveries to an endpoint did not arrive, or not yet; `mostCounted + 1` for more than that are counted.
 *
 * @throws Problem not_found
 */
export async function countUndelivered(caller: Caller, webhookId: string): Promise<number> {
  await readWebhook(caller, webhookId)
  return store.countUndelivered(webhookId, mostCounted + 1)
}

/**
 * A delivery with what is sent and every attempt.
 *
 * @throws Problem not_found
 */
export async function readDelivery(caller: Caller, id: string): Promise<DeliveryDetail> {
  const found = await store.read(placeOf(caller), id)
  if (!found)
    throw new Problem('not_found', 'No such delivery is here: there is none of this id, or it is over 30 days old.')
  return detailOf(found, await store.isEnabled(found.endpointId))
}

/**
 * Sends an event once more, whatever became of it: its schedule begins again, and its id stays. One that is under way goes on
 * as it is.
 *
 * @throws Problem not_found, invalid_request where the endpoint is off
 */
export async function resend(caller: Caller, id: string): Promise<DeliveryDetail> {
  const { webhookId } = await readDelivery(caller, id)
  await listening(caller, webhookId)
  await store.begin(placeOf(caller), id)
  wakeSender()
  return readDelivery(caller, id)
}

/**
 * Sends again what did not arrive since a moment, oldest first, a thousand deliveries at most: what was given up, and what
 * waits for its next attempt. A schedule goes on that began within the last five minutes: its attempts are close together,
 * and whoever recovers again and again comes to an end.
 *
 * @throws Problem not_found, invalid_request where the endpoint is off, and for a moment more than 30 days ago
 */
export async function recover(caller: Caller, webhookId: string, request: WebhookRecover): Promise<WebhookRecovered> {
  const since = new Date(parse(webhookRecover, request).since)
  await listening(caller, webhookId)
  if (clock.now() - since.getTime() > keptDays * 24 * 3_600_000) {
    const message = `is more than ${keptDays} days ago`
    throw new Problem('invalid_request', `since: ${message}.`, { issues: [{ path: 'since', message }] })
  }
  const { begun, more } = await store.beginSince(webhookId, since, later(-recentlyBegun), mostRecovered)
  wakeSender()
  return { recovered: begun, more }
}

/**
 * Sends an example to an endpoint, and to no other: of an event that is named, or of the first that it listens to. Nothing of
 * the kind happened: its id, which is signed, begins with `msg_test_`, and the request has the header `webhook-test`.
 *
 * @throws Problem not_found, invalid_request where the endpoint is off
 */
export async function sendTest(caller: Caller, webhookId: string, request: WebhookTest = {}): Promise<DeliveryDetail> {
  const { type } = parse(webhookTest, request)
  const { events } = await listening(caller, webhookId)
  const chosen = type ?? (events[0] as WebhookEventType)
  const id = await store.keepFor(webhookId, {
    ...eventOf(placeOf(caller), chosen, exampleOf(chosen)),
    id: newId('msg_test'),
  })
  wakeSender()
  return readDelivery(caller, id)
}

async function listening(caller: Caller, webhookId: string) {
  const endpoint = await readWebhook(caller, webhookId)
  if (endpoint.enabled) return endpoint
  throw new Problem('invalid_request', 'This endpoint is turned off, so nothing is sent to it. Turn it on first.')
}
