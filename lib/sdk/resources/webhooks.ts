import type { EventTypeView } from '#lib/contract/webhook-events.ts'
import type {
  DeliveryDetail,
  DeliveryQuery,
  DeliveryView,
  WebhookCreate,
  WebhookCreated,
  WebhookQuery,
  WebhookRecover,
  WebhookRecovered,
  WebhookSecretAsked,
  WebhookTest,
  WebhookUpdate,
  WebhookView,
} from '#lib/contract/webhooks.ts'
import { list } from './list.ts'
import type { Extra, Once, Query, Send } from './send.ts'

export const webhooks = (send: Send) => ({
  /**
   * Makes an endpoint. `secret` is shown once: where the first answer was lost on its way, the further try answers without
   * it, and it is to be rotated.
   */
  create: (body: WebhookCreate, extra: Extra & Once = {}) =>
    send<WebhookCreated>('POST', '/v1/webhooks', { body, once: true, ...extra }),
  /** One page, or with `for await` every endpoint. */
  list: (query: Query<WebhookQuery> = {}, extra: Extra = {}) => list<WebhookView>(send, '/v1/webhooks', query, extra),
  read: (id: string, extra: Extra = {}) => send<WebhookView>('GET', pathOf(id), extra),
  update: (id: string, body: WebhookUpdate, extra: Extra = {}) =>
    send<WebhookView>('PATCH', pathOf(id), { body, ...extra }),
  delete: (id: string, extra: Extra = {}) => send<undefined>('DELETE', pathOf(id), extra),
  /** A new signing secret, shown once as with `create`; the one before signs, too, for 24 hours. */
  rotateSecret: (id: string, extra: Extra & Once = {}) =>
    send<WebhookSecretAsked>('POST', `${pathOf(id)}/rotate-secret`, { once: true, ...extra }),
  /** An example of an event, sent to this endpoint alone. */
  test: (id: string, body: WebhookTest = {}, extra: Extra = {}) =>
    send<DeliveryDetail>('POST', `${pathOf(id)}/test`, { body, ...extra }),
  /** Sends again what did not arrive since a moment. */
  recover: (id: string, body: WebhookRecover, extra: Extra = {}) =>
    send<WebhookRecovered>('POST', `${pathOf(id)}/recover`, { body, repeatable: true, ...extra }),
  /** Everything that endpoints can be told of. */
  eventTypes: (extra: Extra = {}) => list<EventTypeView>(send, '/v1/webhooks/event-types', {}, extra),
  deliveries: {
    /** One page, or with `for await` every delivery that is kept. */
    list: (webhookId: string, query: Query<DeliveryQuery> = {}, extra: Extra = {}) =>
      list<DeliveryView>(send, `${pathOf(webhookId)}/deliveries`, query, extra),
    read: (id: string, extra: Extra = {}) => send<DeliveryDetail>('GET', deliveryPath(id), extra),
    /** Sends an event once more, whatever became of it. */
    resend: (id: string, extra: Extra = {}) =>
      send<DeliveryDetail>('POST', `${deliveryPath(id)}/resend`, { repeatable: true, ...extra }),
  },
})

function pathOf(id: string): string {
  return `/v1/webhooks/${encodeURIComponent(id)}`
}

function deliveryPath(id: string): string {
  return `/v1/webhooks/deliveries/${encodeURIComponent(id)}`
}
