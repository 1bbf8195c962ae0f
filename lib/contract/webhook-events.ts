import { z } from 'zod'
import { type WebhookEventType, webhookEventTypeNames, webhookEventTypes } from './webhook-event-types.ts'

/** No payload is larger, in bytes: it says what happened to what, by ids and names; whoever needs more asks the API. */
export const maxPayloadBytes = 20_000

const text = (example: string) => z.string().meta({ example })
const count = (example: number) => z.int().meta({ example })

const user = { userId: text('usr_7hQ2mZkLw2c4Ab'), username: text('ada') }
const passkey = z.object({ passkeyId: text('psk_4fQ9mZ7hLw2cXy'), name: text('Apple Passwords'), ...user })
const key = { keyId: text('4fQ9mZ7hLw2c'), name: text('backend') }
const grant = {
  /** The same in both events of a grant; it opens nothing. */
  grantId: text('kX3vTq9ZbL0mRw8s'),
  clientId: text('cli_9sK2pWq7Rt5vBn'),
  userId: user.userId,
  username: user.username,
}
const amount = { amount: count(5_000), currency: text('USD') }

/** What `data` holds of each type: ids and names, amounts in minor units, and never a secret. */
export const webhookData = {
  'passkey.registered': passkey,
  'passkey.authenticated': passkey,
  'passkey.deleted': passkey,
  'user.created': z.object(user),
  'user.deleted': z.object(user),
  'key.created': z.object(key),
  /** `keyId` is the successor. */
  'key.rotated': z.object({ ...key, predecessorId: text('Zk4q8RtYw1Lm') }),
  'key.revoked': z.object(key),
  'oauth.grant_created': z.object({ ...grant, scopes: z.array(z.string()).meta({ example: ['openid', 'profile'] }) }),
  'oauth.grant_revoked': z.object(grant),
  'skill.executed': z.object({
    runId: text('run_2Xv8PqNdRw5kTz'),
    skillId: text('text-summarizer'),
    status: z.enum(['succeeded', 'failed']).meta({ example: 'succeeded' }),
  }),
  'account.funded': z.object({ topUpId: text('top_6Yb3LmQpXw8jKd'), ...amount }),
  'account.balance_low': z.object({ balance: count(900), threshold: count(1_000), currency: text('USD') }),
  'usage.threshold': z.object({
    percent: z.union([z.literal(80), z.literal(100)]).meta({ example: 80 }),
    /** Requests in the calendar month (UTC). */
    quota: count(1_000_000),
    month: text('2026-11'),
  }),
  'mpc.key_generated': z.object({ keyId: text('mpk_5Hc2QkZtWp9r'), label: text('Savings'), userId: user.userId }),
  /** `azp`: the API key or OAuth client that the token came from; null where it does not say. */
  'mpc.signed': z.object({ azp: z.string().nullable().meta({ example: '4fQ9mZ7hLw2c' }) }),
} as const satisfies Record<WebhookEventType, z.ZodObject>

export type WebhookData = { [Type in WebhookEventType]: z.infer<(typeof webhookData)[Type]> }

/** What is sent: the body of each call. */
export const webhookPayload = z.object({
  type: z.enum(webhookEventTypeNames),
  timestamp: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
})
export type WebhookPayload = z.infer<typeof webhookPayload>

/** Data as an event of a type could have it: what a test event carries, and the documentation shows. */
export function exampleOf<Type extends WebhookEventType>(type: Type): WebhookData[Type] {
  const members = Object.entries<z.ZodType>(webhookData[type].shape)
  return Object.fromEntries(members.map(([name, member]) => [name, member.meta()?.example])) as WebhookData[Type]
}

/** One entry of the catalogue, as people and programs read it. */
export const eventTypeView = z.object({
  type: z.enum(webhookEventTypeNames),
  description: z.string(),
  /** JSON Schema 2020-12 of `data`. */
  schema: z.record(z.string(), z.unknown()),
  example: webhookPayload,
})
export type EventTypeView = z.infer<typeof eventTypeView>

/** Made once: each takes milliseconds. */
const schemas = new Map<WebhookEventType, Record<string, unknown>>()

function schemaOf(type: WebhookEventType): Record<string, unknown> {
  const schema = schemas.get(type) ?? (z.toJSONSchema(webhookData[type]) as Record<string, unknown>)
  schemas.set(type, schema)
  return schema
}

/** The whole catalogue; its examples happened at `timestamp`. */
export function catalogue(timestamp: string): EventTypeView[] {
  return webhookEventTypeNames.map((type) => ({
    type,
    description: webhookEventTypes[type],
    schema: schemaOf(type),
    example: { type, timestamp, data: exampleOf(type) },
  }))
}
