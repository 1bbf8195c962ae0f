import type {
  DeliveryDetail,
  DeliveryList,
  DeliveryQuery,
  EventTypeList,
  WebhookCreate,
  WebhookCreated,
  WebhookList,
  WebhookQuery,
  WebhookRecover,
  WebhookRecovered,
  WebhookSecret,
  WebhookTest,
  WebhookUpdate,
  WebhookView,
} from '#lib/contract/webhooks.ts'
import type { Extra, Once, Query, Send } from './send.ts'

export const webhooks = (send: Send) => ({
  create: (body: WebhookCreate, extra: Extra & Once = {}) =>
    send<WebhookCreated>('POST', '/v1/webhooks', { body, ...extra }),
  list: (query: Query<WebhookQuery> = {}, extra: Extra = {}) =>
    send<WebhookList>('GET', '/v1/webhooks', { query, ...extra }),
  read: (id: string, extra: Extra = {}) => send<WebhookView>('GET', pathOf(id), extra),
  update: (id: string, body: WebhookUpdate, extra: Extra = {}) =>
    send<WebhookView>('PATCH', pathOf(id), { body, ...extra }),
  delete: (id: string, extra: Extra = {}) => send<undefined>('DELETE', pathOf(id), extra),
  /** A new signing secret; the one before signs, too, for 24 hours. */
  rotateSecret: (id: string, extra: Extra = {}) => send<WebhookSecret>('POST', `${pathOf(id)}/rotate-secret`, extra),
  /** An example of an event, sent to this endpoint alone. */
  test: (id: string, body: WebhookTest = {}, extra: Extra = {}) =>
    send<DeliveryDetail>('POST', `${pathOf(id)}/test`, { body, ...extra }),
  /** Sends again what did not arrive since a moment. */
  recover: (id: string, body: WebhookRecover, extra: Extra = {}) =>
    send<WebhookRecovered>('POST', `${pathOf(id)}/recover`, { body, ...extra }),
  /** Everything that endpoints can be told of. */
  eventTypes: (extra: Extra = {}) => send<EventTypeList>('GET', '/v1/webhooks/event-types', extra),
  deliveries: {
    list: (webhookId: string, query: Query<DeliveryQuery> = {}, extra: Extra = {}) =>
      send<DeliveryList>('GET', `${pathOf(webhookId)}/deliveries`, { query, ...extra }),
    read: (id: string, extra: Extra = {}) => send<DeliveryDetail>('GET', deliveryPath(id), extra),
    /** Sends an event once more, whatever became of it. */
    resend: (id: string, extra: Extra = {}) => send<DeliveryDetail>('POST', `${deliveryPath(id)}/resend`, extra),
  },
})

function pathOf(id: string): string {
  return `/v1/webhooks/${encodeURIComponent(id)}`
}

function deliveryPath(id: string): string {
  return `/v1/webhooks/deliveries/${encodeURIComponent(id)}`
}
