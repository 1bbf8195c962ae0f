import type { AuditAction } from '#lib/contract/audit.ts'
import type { WebhookEventType } from '#lib/contract/webhook-event-types.ts'
import type { DisabledReason, WebhookView } from '#lib/contract/webhooks.ts'
import { record } from '../audit/audit.ts'
import { type Actor, type Caller, type Place, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { Problem } from '../problem.ts'
import type { Recorded, StoredEndpoint } from './store.ts'

/**
 * An endpoint as it is shown.
 *
 * @throws Problem not_found where there is none
 */
export function viewOf(endpoint: StoredEndpoint | null): WebhookView {
  if (!endpoint) throw notFound()
  const { previousUntil, disabledAt, failingSince, createdAt } = endpoint
  return {
    id: endpoint.id,
    url: endpoint.url,
    events: eventsOf(endpoint),
    description: endpoint.description,
    enabled: endpoint.enabled,
    disabledReason: endpoint.disabledReason as DisabledReason | null,
    disabledAt: disabledAt?.toISOString() ?? null,
    failingSince: failingSince?.toISOString() ?? null,
    secretHint: endpoint.secretHint,
    previousSecretUntil: previousUntil && previousUntil.getTime() > clock.now() ? previousUntil.toISOString() : null,
    publicKey: endpoint.publicKey,
    createdBy: endpoint.createdBy,
    createdAt: createdAt.toISOString(),
  }
}

/** What an endpoint listens to. */
export function eventsOf({ events }: { events: string }): WebhookEventType[] {
  return events.trim().split(' ') as WebhookEventType[]
}

/** Writes a change of the caller's down, in the transaction that makes it. */
export function recorded(caller: Caller, action: AuditAction): Recorded {
  return recordedBy(caller.actor, placeOf(caller), action)
}

/** Writes a change down, in the transaction that makes it. */
export function recordedBy(actor: Actor, place: Place, action: AuditAction): Recorded {
  return async (tx, after, before) => {
    const endpoint = after ?? before
    if (!endpoint) return
    await record(tx, actor, {
      ...place,
      action,
      target: { id: endpoint.id, name: endpoint.description || new URL(endpoint.url).host },
      before: before && audited(before),
      after: after && audited(after),
    })
  }
}

/** No endpoint of that id, or none of the caller's: the same answer. */
export function notFound(): Problem {
  return new Problem('not_found', 'No such webhook endpoint is here.')
}

function audited(endpoint: StoredEndpoint): object {
  const { url, events, description, enabled, disabledReason, secretHint } = viewOf(endpoint)
  return { url, events, description, enabled, disabledReason, secretHint }
}
