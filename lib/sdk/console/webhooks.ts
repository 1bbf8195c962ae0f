import type { ConsoleDeliveryList, ConsoleWebhook } from '#lib/contract/console.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type {
  DeliveryDetail,
  DeliveryQuery,
  WebhookCreate,
  WebhookCreated,
  WebhookRecovered,
  WebhookSecret,
  WebhookTest,
  WebhookUpdate,
  WebhookView,
} from '#lib/contract/webhooks.ts'
import type { ConsoleSend } from './send.ts'

export const webhooks = (send: ConsoleSend) => ({
  /** All of them, oldest first. */
  list: (environment: Environment) => send<{ data: ConsoleWebhook[] }>('GET', '/webhooks', { query: { environment } }),
  create: (body: WebhookCreate & { environment: Environment }, idempotencyKey?: string) =>
    send<WebhookCreated>('POST', '/webhooks', { body, headers: { 'Idempotency-Key': idempotencyKey } }),
  read: (id: string) => send<ConsoleWebhook>('GET', webhookPath(id)),
  update: (id: string, body: WebhookUpdate) => send<WebhookView>('PATCH', webhookPath(id), { body }),
  delete: (id: string) => send<undefined>('DELETE', webhookPath(id)),
  rotateSecret: (id: string) => send<WebhookSecret>('POST', `${webhookPath(id)}/rotate-secret`, { body: {} }),
  /** An example of an event, sent to this endpoint alone. */
  test: (id: string, body: WebhookTest) => send<DeliveryDetail>('POST', `${webhookPath(id)}/test`, { body }),
  /** Sends again what did not arrive since a moment. */
  recover: (id: string, since: string) =>
    send<WebhookRecovered>('POST', `${webhookPath(id)}/recover`, { body: { since } }),
  deliveries: (id: string, query: Omit<DeliveryQuery, 'limit'> & { limit?: number } = {}) =>
    send<ConsoleDeliveryList>('GET', `${webhookPath(id)}/deliveries`, { query }),
  delivery: (id: string, deliveryId: string) => send<DeliveryDetail>('GET', deliveryPath(id, deliveryId)),
  /** Sends an event once more, whatever became of it. */
  resend: (id: string, deliveryId: string) =>
    send<DeliveryDetail>('POST', `${deliveryPath(id, deliveryId)}/resend`, { body: {} }),
})

function webhookPath(id: string): string {
  return `/webhooks/${encodeURIComponent(id)}`
}

function deliveryPath(webhookId: string, id: string): string {
  return `${webhookPath(webhookId)}/deliveries/${encodeURIComponent(id)}`
}
