import { z } from 'zod'
import { beginningOf } from '#lib/webauthn/beginning.ts'
import { whyNoRange } from './address-range.ts'
import { environment, tier } from './environment.ts'
import { label } from './label.ts'
import { moment } from './moment.ts'
import { page, pageOf } from './page.ts'
import { scopeNames } from './scopes.ts'

const scopeList = z
  .array(z.enum(scopeNames, { error: ({ input }) => `“${beginningOf(String(input), 64)}” is not a scope` }))
  .min(1, 'name at least one')
  .max(scopeNames.length, 'names a scope twice')

/** Addresses and CIDRs that may use a key; none: any address may. */
const allowedIps = z
  .array(
    z
      .string()
      .max(64, { error: 'is longer than 64 characters', abort: true })
      .superRefine((text, context) => {
        const message = whyNoRange(text)
        if (message) context.addIssue({ code: 'custom', message: `“${text}” ${message}` })
      }),
  )
  .max(100, 'has more than 100 entries')

/** What a new API key is to be. What is not said of its expiry and addresses is as with the key that makes it. */
export const keyCreate = z.strictObject({
  name: label,
  /** The caller's own environment, said or not. */
  type: environment.optional(),
  scopes: scopeList,
  tier: tier.default('standard'),
  expiresAt: moment.optional(),
  allowedIps: allowedIps.optional(),
})
export type KeyCreate = z.input<typeof keyCreate>

/** What may change of a key; what is not named stays. `expiresAt: null`: it does not expire. */
export const keyUpdate = z
  .strictObject({
    name: label.optional(),
    scopes: scopeList.optional(),
    allowedIps: allowedIps.optional(),
    expiresAt: moment.nullable().optional(),
  })
  .refine((update) => Object.keys(update).length > 0, 'names nothing to change')
export type KeyUpdate = z.input<typeof keyUpdate>

/** For how long the key that is replaced goes on working; a day unless told. */
export const keyRotate = z.strictObject({
  overlapSeconds: z.int().min(0).max(604_800, 'is more than 7 days (604800)').default(86_400),
})
export type KeyRotate = z.input<typeof keyRotate>

/**
 * How far a rotation has come, by what traffic shows: `created` (the successor was not used yet), `deployed` (it was),
 * `verified` (it was, and the predecessor has been silent for ten minutes: it is safe to revoke), `ended` (the predecessor
 * works no more).
 */
export const rotationState = z.enum(['created', 'deployed', 'verified', 'ended'])
export type RotationState = z.infer<typeof rotationState>

/** A key's metadata: all that is ever shown of it after its making. */
export const keyView = z.object({
  id: z.string(),
  name: z.string(),
  type: environment,
  hint: z.string(),
  scopes: z.array(z.string()),
  /** What it was made with. */
  tier,
  /** Where the tenant’s ceiling is below its tier: what it is held to meanwhile. */
  heldTo: tier.optional(),
  allowedIps: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  status: z.enum(['active', 'expired', 'revoked']),
  /** The key that this one replaces. */
  predecessorId: z.string().nullable(),
  /** The newest key that replaces this one, and how far that has come. */
  rotation: z.object({ successorId: z.string(), state: rotationState }).nullable(),
})
export type KeyView = z.infer<typeof keyView>

/** A key that was just made. `secret` is here and nowhere else: a replayed request gets the same without it. */
export const keyCreated = keyView.extend({ secret: z.string().optional() })
export type KeyCreated = z.infer<typeof keyCreated>

export const keyQuery = z.strictObject({ ...page })
export type KeyQuery = z.input<typeof keyQuery>
export const keyList = pageOf(keyView)
export type KeyList = z.infer<typeof keyList>

export const allowlistTest = z.strictObject({
  ip: z.string().min(1, 'is empty').max(64, 'is longer than 64 characters'),
})

/** Whether an address would pass a key's allowlist, and why. `match` is the entry that lets it pass. */
export const allowlistVerdict = z.object({
  ip: z.string(),
  allowed: z.boolean(),
  match: z.string().nullable(),
  reason: z.string(),
})
export type AllowlistVerdict = z.infer<typeof allowlistVerdict>
