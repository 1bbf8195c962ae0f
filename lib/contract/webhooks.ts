import { z } from 'zod'
import { moment } from './moment.ts'
import { optional } from './optional.ts'
import { page, pageOf } from './page.ts'
import { plainText } from './plain-text.ts'
import { webhookEventTypeNames } from './webhook-event-types.ts'
import { eventTypeView, webhookPayload } from './webhook-events.ts'

/** So many endpoints an environment can have. */
export const maxEndpoints = 20

const url = z
  .string()
  .max(2048, { error: 'is longer than 2048 characters', abort: true })
  .refine((text) => URL.canParse(text), { error: 'is no URL', abort: true })

const events = z
  .array(z.enum(webhookEventTypeNames))
  .min(1, 'name at least one')
  .max(webhookEventTypeNames.length, 'names an event twice')

const description = plainText(256)

/** A new endpoint: where to send, and what of. */
export const webhookCreate = z.strictObject({
  url,
  events,
  description: optional(description, 'text'),
  enabled: optional(z.boolean()),
})
export type WebhookCreate = z.input<typeof webhookCreate>

/** What may change of an endpoint; what is not named stays. `enabled: true` turns on again what was turned off. */
export const webhookUpdate = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    description: description.optional(),
    enabled: z.boolean().optional(),
  })
  .refine((update) => Object.keys(update).length > 0, 'names nothing to change')
export type WebhookUpdate = z.input<typeof webhookUpdate>

/**
 * Why the server turned an endpoint off: `gone` (it answered 410), `failing` (an event was given up, and nothing
 * arrived for five days). Null: it is on, or somebody turned it off.
 */
export const disabledReason = z.enum(['gone', 'failing'])
export type DisabledReason = z.infer<typeof disabledReason>

export const webhookView = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(webhookEventTypeNames)),
  description: z.string(),
  enabled: z.boolean(),
  disabledReason: disabledReason.nullable(),
  disabledAt: z.iso.datetime().nullable(),
  /** Since when nothing arrived. Null: the last attempt did, or there was none. */
  failingSince: z.iso.datetime().nullable(),
  /** The end of the signing secret, to know it by. */
  secretHint: z.string(),
  /** Until when the secret before the last rotation signs, too. */
  previousSecretUntil: z.iso.datetime().nullable(),
  /** `whpk_…`: verifies the signatures `v1a` (Ed25519). */
  publicKey: z.string(),
  /** Who made it. */
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
})
export type WebhookView = z.infer<typeof webhookView>

/** An endpoint that was just made. `secret` is here and nowhere else: a replayed request gets the same without it. */
export const webhookCreated = webhookView.extend({ secret: z.string().optional() })
export type WebhookCreated = z.infer<typeof webhookCreated>

/** An endpoint with a new secret, shown once; the one before signs, too, until `previousSecretUntil`. */
export const webhookSecret = webhookView.extend({ secret: z.string() })
export type WebhookSecret = z.infer<typeof webhookSecret>

/** The same for who asks with an Idempotency-Key: one that came before is answered without the secret. */
export const webhookSecretAsked = webhookSecret.partial({ secret: true })
export type WebhookSecretAsked = z.infer<typeof webhookSecretAsked>

export const webhookQuery = z.strictObject({ ...page })
export type WebhookQuery = z.input<typeof webhookQuery>
export const webhookList = pageOf(webhookView)
export type WebhookList = z.infer<typeof webhookList>

/** Which event to send as a test; by default the first that the endpoint listens to. */
export const webhookTest = z.strictObject({ type: optional(z.enum(webhookEventTypeNames)) })
export type WebhookTest = z.input<typeof webhookTest>

/** From when on what did not arrive is sent again; 30 days back at most. */
export const webhookRecover = z.strictObject({ since: moment })
export type WebhookRecover = z.input<typeof webhookRecover>

/** So many deliveries are under way again. `more`: there are others yet: recover again. */
export const webhookRecovered = z.object({ recovered: z.int(), more: z.boolean() })
export type WebhookRecovered = z.infer<typeof webhookRecovered>

/**
 * What kept an attempt from succeeding. `refused`: no connection came about, or it ended before the answer did.
 * `blocked_address`: the name leads to an address that is not public. `redirect`: 3xx. `status`: another answer but 2xx.
 * `internal`: the server could not make the request.
 */
export const attemptFailure = z.enum([
  ...(['timeout', 'refused', 'tls', 'dns', 'blocked_address'] as const),
  ...(['redirect', 'status', 'internal'] as const),
])
export type AttemptFailure = z.infer<typeof attemptFailure>

/** An attempt, as it was. It never changes. */
export const attemptView = z.object({
  number: z.int(),
  at: z.iso.datetime(),
  milliseconds: z.int(),
  /** The status of the answer; null where none came. */
  status: z.int().nullable(),
  /** Null: it arrived. */
  failure: attemptFailure.nullable(),
  /** The failure in words; null where there is none. */
  words: z.string().nullable(),
  requestHeaders: z.record(z.string(), z.string()),
  /** The first 4 kB of the answer. */
  answer: z.string(),
  answerTruncated: z.boolean(),
})
export type AttemptView = z.infer<typeof attemptView>

/** `failed`: no further attempt is planned. */
export const deliveryStatus = z.enum(['pending', 'delivered', 'failed'])
export type DeliveryStatus = z.infer<typeof deliveryStatus>

/** One event on its way to one endpoint. */
export const deliveryView = z.object({
  id: z.string(),
  webhookId: z.string(),
  /** `webhook-id` of every attempt: receivers know an event again by it. */
  eventId: z.string(),
  type: z.enum(webhookEventTypeNames),
  /** Whom or what the event is about, by name. */
  subject: z.string().nullable(),
  /** Whether it was asked for as a test: its `eventId` begins with `msg_test_`, and what it tells did not happen. */
  test: z.boolean(),
  status: deliveryStatus,
  attempts: z.int(),
  lastAttemptAt: z.iso.datetime().nullable(),
  /** Of the last attempt. */
  lastStatus: z.int().nullable(),
  lastFailure: attemptFailure.nullable(),
  lastMilliseconds: z.int().nullable(),
  /** Null where none is planned: it has ended, is under way, or its endpoint is off. */
  nextAttemptAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
})
export type DeliveryView = z.infer<typeof deliveryView>

/** A delivery with what is sent, and every attempt, oldest first. */
export const deliveryDetail = deliveryView.extend({ payload: webhookPayload, tries: z.array(attemptView) })
export type DeliveryDetail = z.infer<typeof deliveryDetail>

/** `undelivered`: those that failed, and those that did not arrive yet. */
export const deliveryFilter = z.enum([...deliveryStatus.options, 'undelivered'])
export type DeliveryFilter = z.infer<typeof deliveryFilter>

export const deliveryQuery = z.strictObject({ ...page, status: deliveryFilter.optional() })
export type DeliveryQuery = z.input<typeof deliveryQuery>
export const deliveryList = pageOf(deliveryView)
export type DeliveryList = z.infer<typeof deliveryList>

export const eventTypeList = pageOf(eventTypeView)
export type EventTypeList = z.infer<typeof eventTypeList>

/** How an endpoint does, for whoever watches it: the last 24 hours, and what waits. */
export const webhookFigures = z.object({
  /** For each of the last 24 hours, oldest first: its deliveries, and those of them that arrived. */
  hours: z.array(z.object({ from: z.iso.datetime(), deliveries: z.int(), delivered: z.int() })),
  /** Deliveries that failed at least once and will be tried again; 1,001 stands for more than a thousand. */
  waiting: z.int(),
  /** Since when the oldest of them waits. */
  waitingSince: z.iso.datetime().nullable(),
  /** When the oldest was told that did not arrive, or not yet: from then on there is something to recover. */
  undeliveredSince: z.iso.datetime().nullable(),
  /** Half of the answers to the last hundred deliveries came within so many milliseconds; null without any. */
  medianMilliseconds: z.int().nullable(),
})
export type WebhookFigures = z.infer<typeof webhookFigures>
