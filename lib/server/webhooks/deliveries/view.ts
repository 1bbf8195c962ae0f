import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import type { WebhookPayload } from '#lib/contract/webhook-events.ts'
import type {
  AttemptFailure,
  AttemptView,
  DeliveryDetail,
  DeliveryStatus,
  DeliveryView,
} from '#lib/contract/webhooks.ts'
import type { StoredAttempt, StoredDelivery } from './store.ts'

/** A delivery as it is shown in a list; `enabled`: whether its endpoint is. */
export function viewOf({ event, ...delivery }: StoredDelivery, enabled: boolean): DeliveryView {
  const { status, dueAt, lease, lastAttemptAt } = delivery
  return {
    id: delivery.id,
    webhookId: delivery.endpointId,
    eventId: delivery.eventId,
    type: event.type as WebhookEventType,
    subject: subjectOf(payloadOf(event)),
    test: event.test,
    status: status as DeliveryStatus,
    attempts: delivery.attempts,
    lastAttemptAt: lastAttemptAt?.toISOString() ?? null,
    lastStatus: delivery.lastStatus,
    lastFailure: delivery.lastFailure as AttemptFailure | null,
    lastMilliseconds: delivery.lastMilliseconds,
    // Of one that is under way, dueAt is the end of its lease.
    nextAttemptAt: lease || !enabled ? null : (dueAt?.toISOString() ?? null),
    createdAt: delivery.createdAt.toISOString(),
  }
}

/** A delivery with what is sent, and every attempt. */
export function detailOf(
  { tries, ...delivery }: StoredDelivery & { tries: StoredAttempt[] },
  enabled: boolean,
): DeliveryDetail {
  return { ...viewOf(delivery, enabled), payload: payloadOf(delivery.event), tries: tries.map(attemptOf) }
}

function payloadOf({ payload }: { payload: string }): WebhookPayload {
  return JSON.parse(payload)
}

/** Who or what an event is about, by the first of its data that names somebody or something. */
function subjectOf({ data }: WebhookPayload): string | null {
  const { username, name, label, skillId } = data
  const named = [username, name, label, skillId].find((text) => typeof text === 'string' && text !== '')
  return (named as string | undefined) ?? null
}

function attemptOf({ deliveryId: _, at, failure, requestHeaders, ...attempt }: StoredAttempt): AttemptView {
  return {
    ...attempt,
    at: at.toISOString(),
    failure: failure as AttemptFailure | null,
    requestHeaders: JSON.parse(requestHeaders),
  }
}
