import { webhookEventTypeNames } from '#lib/contract/webhook-event-types.ts'
import { catalogue, type EventTypeView } from '#lib/contract/webhook-events.ts'
import {
  maxEndpoints,
  type WebhookCreate,
  type WebhookCreated,
  type WebhookList,
  type WebhookSecret,
  type WebhookSecretAsked,
  type WebhookUpdate,
  type WebhookView,
  webhookCreate,
  webhookUpdate,
} from '#lib/contract/webhooks.ts'
import { type Caller, type Place, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { newId } from '../ids.ts'
import { onceOf } from '../once/once.ts'
import { callableUrl } from '../outbound/callable.ts'
import { Problem, parse } from '../problem.ts'
import { newKeyPair, newSecret } from './secrets.ts'
import { replaced } from './signing-secret.ts'
import * as store from './store.ts'
import { notFound, recorded, viewOf } from './view.ts'

/** Everything that endpoints can be told of. */
export function eventTypes(): EventTypeView[] {
  return catalogue(new Date(clock.now()).toISOString())
}

/**
 * Makes an endpoint in the caller's environment. The signing secret is in this answer and nowhere else. The same
 * Idempotency-Key again makes nothing, and answers without the secret.
 *
 * @throws Problem invalid_request, idempotency_conflict, not_found where what the key made was deleted since
 */
export async function createWebhook(
  caller: Caller,
  request: WebhookCreate,
  { idempotencyKey }: { idempotencyKey?: string | undefined } = {},
): Promise<WebhookCreated> {
  const wanted = parse(webhookCreate, request)
  const { description = '', enabled = true } = wanted
  const id = newId('we')
  const { text, kept } = newSecret(id)
  const endpoint = {
    ...{ ...placeOf(caller), id, url: callableUrl(wanted.url), events: written(wanted.events), description, enabled },
    ...(enabled ? {} : { disabledAt: new Date(clock.now()) }),
    ...kept,
    ...newKeyPair(id),
    createdBy: caller.actor.name,
  }
  const once = onceOf(idempotencyKey, 'webhooks.create', { ...wanted, description, enabled })
  const made = await store.save(endpoint, maxEndpoints, once, recorded(caller, 'webhook.created'))
  if (made === 'full') {
    throw new Problem('invalid_request', `${maxEndpoints} endpoints are here already: delete those that nobody needs.`)
  }
  return { ...viewOf(made.endpoint), ...(made.replayed ? {} : { secret: text }) }
}

/** The endpoints of the caller's environment, oldest first, a page of them. */
export async function listWebhooks(
  caller: Caller,
  { limit = 50, cursor }: { limit?: number; cursor?: string | undefined } = {},
): Promise<WebhookList> {
  const rows = await store.list(placeOf(caller), limit + 1, cursor)
  const data = rows.slice(0, limit).map(viewOf)
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}

/**
 * One endpoint.
 *
 * @throws Problem not_found
 */
export async function readWebhook(caller: Caller, id: string): Promise<WebhookView> {
  return viewOf(await store.read(placeOf(caller), id))
}

/**
 * Where an endpoint belongs, for those who may name one by its id alone.
 *
 * @throws Problem not_found
 */
export async function placeOfWebhook(id: string): Promise<Place> {
  const place = await store.placeOfEndpoint(id)
  if (!place) throw notFound()
  return place
}

/**
 * Changes what is named of an endpoint. Turned off, it is sent nothing, and what comes due meanwhile is given up; turned
 * on again, it begins afresh, and `recover` sends what was given up.
 *
 * @throws Problem invalid_request, not_found
 */
export async function updateWebhook(caller: Caller, id: string, request: WebhookUpdate): Promise<WebhookView> {
  const { events, description, enabled, ...named } = parse(webhookUpdate, request)
  const url = named.url === undefined ? undefined : callableUrl(named.url)
  const change = (before: store.StoredEndpoint) => ({
    // What failed at the one before says nothing of another.
    ...(url === undefined || url === before.url ? {} : { url, failingSince: null }),
    ...(events ? { events: written(events) } : {}),
    ...(description === undefined ? {} : { description }),
    ...(enabled === undefined || enabled === before.enabled ? {} : turned(enabled)),
  })
  return viewOf(await store.update(placeOf(caller), id, change, recorded(caller, 'webhook.updated')))
}

/**
 * Deletes an endpoint. Nothing more is sent to it; what it was told stays to be read by its id until it is 30 days old.
 *
 * @throws Problem not_found
 */
export async function deleteWebhook(caller: Caller, id: string): Promise<void> {
  if (!(await store.remove(placeOf(caller), id, recorded(caller, 'webhook.deleted')))) throw notFound()
}

/**
 * Makes a new signing secret, which is in this answer and nowhere else. The one before signs, too, for a day, so that
 * receivers can be told one after the other. The same Idempotency-Key again makes nothing, and answers without the secret.
 *
 * @throws Problem not_found, idempotency_conflict
 */
export async function rotateSecret(caller: Caller, id: string): Promise<WebhookSecret>
export async function rotateSecret(
  caller: Caller,
  id: string,
  making: { idempotencyKey: string | undefined },
): Promise<WebhookSecretAsked>
export async function rotateSecret(
  caller: Caller,
  id: string,
  { idempotencyKey }: { idempotencyKey?: string | undefined } = {},
): Promise<WebhookSecretAsked> {
  const { text, kept } = newSecret(id)
  const change = (before: store.StoredEndpoint) => ({ ...kept, ...replaced(before) })
  const once = onceOf(idempotencyKey, `webhooks.secret.rotate ${id}`, {})
  const made = await store.saveSecret(placeOf(caller), id, change, once, recorded(caller, 'webhook.secret_rotated'))
  return { ...viewOf(made?.endpoint ?? null), ...(made?.replayed ? {} : { secret: text }) }
}

/** What being turned on or off is to an endpoint, by somebody's hand. */
function turned(enabled: boolean) {
  return { enabled, disabledReason: null, disabledAt: enabled ? null : new Date(clock.now()), failingSince: null }
}

/** Types as they are kept: each once, in the catalogue's order, a space on either side. */
function written(events: readonly string[]): string {
  return ` ${webhookEventTypeNames.filter((type) => events.includes(type)).join(' ')} `
}
