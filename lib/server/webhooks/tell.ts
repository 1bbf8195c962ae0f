import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import { maxPayloadBytes, type WebhookData } from '#lib/contract/webhook-events.ts'
import { redact } from '#lib/foundation/redact.ts'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { newId } from '../ids.ts'
import { keep, type NewEvent, type Transaction } from './outbox/store.ts'
import { wakeSender } from './wake.ts'

/**
 * Tells the endpoints of a place that something happened, in the transaction that makes it happen: it is told if that
 * commits, and never otherwise. Where nobody listens, one look at an index is all.
 */
export async function tell<Type extends WebhookEventType>(
  tx: Transaction,
  place: Place,
  type: Type,
  data: WebhookData<Type>,
): Promise<void> {
  if (await keep(tx, eventOf(place, type, data))) wakeSender()
}

/**
 * An event as it is kept and sent.
 *
 * @throws RangeError for a payload that is not thin
 */
export function eventOf<Type extends WebhookEventType>(
  { tenantId, environment }: Place,
  type: Type,
  data: WebhookData<Type>,
): NewEvent {
  const at = new Date(clock.now())
  const payload = redact(JSON.stringify({ type, timestamp: at.toISOString(), data }))
  if (Buffer.byteLength(payload) > maxPayloadBytes) throw new RangeError(`An event ${type} is larger than 20 kB.`)
  return { id: newId('msg'), tenantId, environment, type, payload, at }
}
