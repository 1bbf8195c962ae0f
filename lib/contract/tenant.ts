import { z } from 'zod'
import { beginningOf } from '#lib/webauthn/beginning.ts'
import { whyNoOrigin } from '#lib/webauthn/origin.ts'
import { environment, tier } from './environment.ts'
import { label } from './label.ts'
import { whyNoRpId } from './rp-id.ts'

/** Answer of GET /v1/tenant: who the caller's key speaks for, and what it may do. */
export const tenantAnswer = z.object({
  tenant: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  environment,
  /** Null when the caller came with an OAuth access token. */
  key: z
    .object({
      id: z.string(),
      name: z.string(),
      type: environment,
      hint: z.string(),
      scopes: z.array(z.string()),
      tier,
      expiresAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** With an OAuth access token: the client that it was issued to, and what it may do. */
  client: z.object({ id: z.string(), name: z.string(), scopes: z.array(z.string()) }).optional(),
  /** With one that acts for a user: who that is. */
  user: z.object({ id: z.string(), username: z.string() }).optional(),
  /** How pages show the tenant, where it chose that. */
  branding: z
    .object({ name: z.string().nullable(), color: z.string().nullable(), logoUrl: z.string().nullable() })
    .optional(),
  relyingParty: z.object({ id: z.string(), name: z.string(), origins: z.array(z.string()) }),
  limits: z.object({ requestsPerMinute: z.number().int(), concurrent: z.number().int() }),
})
export type TenantAnswer = z.infer<typeof tenantAnswer>

/** A domain that browsers take as an RP ID. */
export const rpId = z
  .string()
  .max(1024, { error: 'is longer than 253 characters', abort: true })
  .superRefine((text, context) => {
    const message = whyNoRpId(text)
    if (message) context.addIssue({ code: 'custom', message })
  })

/** An origin: of a page scheme, host and port as browsers write them, of an app what its platform writes there. */
export const origin = z
  .string()
  .max(256, { error: 'is longer than 256 characters', abort: true })
  .superRefine((text, context) => {
    const message = whyNoOrigin(text)
    if (message) context.addIssue({ code: 'custom', message: `“${beginningOf(text, 128)}” ${message}` })
  })

const quota = z
  .int('is no whole number')
  .min(1, 'is a number below 1')
  .max(1_000_000_000, 'is a number above 1,000,000,000')

/** Null: no quota. */
export const tenantQuota = z.strictObject({ monthlyQuota: quota.nullable() })

/** The highest tier that a tenant's keys may have. */
export const tenantTierCeiling = z.strictObject({ tierCeiling: tier })

/** What a new tenant is to be. Without `rpId` and `origins` its relying party follows BASE_URL. */
export const tenantCreate = z.strictObject({
  name: label,
  slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'needs 1–40 of a–z, 0–9 and inner hyphens'),
  rpId: rpId.optional(),
  origins: z.array(origin).max(20).optional(),
  /** Requests in a calendar month (UTC), test and live together. */
  monthlyQuota: quota.optional(),
  /** The highest tier that its keys may have. */
  tierCeiling: tier.default('enterprise'),
  /** Whether people may make an account on the sign-in page of OAuth. */
  signUp: z.boolean().default(true),
})
export type TenantCreate = z.input<typeof tenantCreate>
