import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import { maxPayloadBytes, type WebhookData } from '#lib/contract/webhook-events.ts'
import { redact } from '#lib/foundation/redact.ts'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { newId } from '../ids.ts'
import { keep, type NewEvent, type Transaction, type Write, writeOf } from './outbox/store.ts'
import { wakeSender } from './wake.ts'

/**
 * Tells the endpoints of a place that something happened, in the transaction that makes it happen: it is told if that
 * commits, and never otherwise. Where nobody listens, one look at an index is all.
 *
 * @param at when it happened, where that is not now
 */
export async function tell<Type extends WebhookEventType>(
  tx: Transaction,
  place: Place,
  type: Type,
  data: WebhookData[Type],
  at?: Date,
): Promise<void> {
  await tellAll(tx, place, type, [{ data, at }])
}

/** Tells of several things of one kind, likewise; where nobody listens, one look is all for all of them. */
export async function tellAll<Type extends WebhookEventType>(
  tx: Transaction,
  place: Place,
  type: Type,
  all: readonly { data: WebhookData[Type]; at?: Date | undefined }[],
): Promise<void> {
  for (const { data, at } of all) {
    if (!(await keep(tx, eventOf(place, type, data, at)))) return
    wakeSender()
  }
}

/**
 * What tells of something, for whoever writes past Prisma: it goes into the commit that makes it happen, and changes
 * nothing where nobody listens. Wake the sender once that is on disk.
 */
export function writeToTell<Type extends WebhookEventType>(place: Place, type: Type, data: WebhookData[Type]): Write {
  return writeOf(eventOf(place, type, data))
}

/**
 * An event as it is kept and sent.
 *
 * @throws RangeError for a payload that is not thin
 */
export function eventOf<Type extends WebhookEventType>(
  { tenantId, environment }: Place,
  type: Type,
  data: WebhookData[Type],
  happenedAt?: Date,
): NewEvent {
  const at = new Date(clock.now())
  const payload = redact(JSON.stringify({ type, timestamp: (happenedAt ?? at).toISOString(), data }))
  if (Buffer.byteLength(payload) > maxPayloadBytes) throw new RangeError(`An event ${type} is larger than 20 kB.`)
  return { id: newId('msg'), tenantId, environment, type, payload, at }
}
