import { afterAll, afterEach, beforeAll } from 'vitest'
import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import { type Caller, placeOf } from '../server/caller.ts'
import { clock } from '../server/clock.ts'
import { database } from '../server/db/database.ts'
import { env } from '../server/env.ts'
import { resolver } from '../server/outbound/resolver.ts'
import { actFor, createTenant } from '../server/tenants/tenants.ts'
import { readDelivery, sendTest } from '../server/webhooks/deliveries/deliveries.ts'
import { createWebhook } from '../server/webhooks/endpoints.ts'
import { patience } from '../server/webhooks/sending/attempt.ts'
import { sendDue } from '../server/webhooks/sending/sender.ts'
import { tell } from '../server/webhooks/tell.ts'
import { webhookReceiver } from './webhook-receiver.ts'

export const hour = 3_600_000

/** Who has endpoints on this machine, to which this process sends by hand. */
export let caller: Caller
/** What is ended with a file's tests. */
export const stops: (() => unknown)[] = []

const { now } = clock
const { addressesOf } = resolver
const { milliseconds } = patience

beforeAll(async () => {
  env().webhookAllowPrivate = true
  caller = await actFor((await createTenant({ name: 'Shop', slug: 'shop' })).id, 'live')
})
afterEach(() => {
  clock.now = now
  resolver.addressesOf = addressesOf
  patience.milliseconds = milliseconds
  env().webhookAllowPrivate = true
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

/** A receiver that is there until the tests end. */
export async function receiving(...answer: Parameters<typeof webhookReceiver>) {
  const receiver = await webhookReceiver(...answer)
  stops.push(receiver.stop)
  return receiver
}

export const listen = (url: string, events: WebhookEventType[] = ['key.created'], by = caller) =>
  createWebhook(by, { url, events })

export const happens = async (name: string, by = caller) =>
  (await database()).$transaction((tx) => tell(tx, placeOf(by), 'key.created', { keyId: 'k', name }))

/** What is kept of an endpoint's deliveries, oldest first. */
export const deliveriesTo = async (endpointId: string) =>
  (await database()).webhookDelivery.findMany({ where: { endpointId }, orderBy: { createdAt: 'asc' } })

/** Sends a test event to an endpoint of a URL, and what became of it. */
export async function attempted(url: string) {
  const { id } = await listen(url, ['user.created'])
  const { id: deliveryId } = await sendTest(caller, id)
  await sendDue()
  return readDelivery(caller, deliveryId)
}

/** Turns the clock to when a delivery is due, and sends. */
export async function turnTo(deliveryId: string): Promise<void> {
  const { nextAttemptAt } = await readDelivery(caller, deliveryId)
  const at = Date.parse(nextAttemptAt ?? '')
  clock.now = () => at
  await sendDue()
}
