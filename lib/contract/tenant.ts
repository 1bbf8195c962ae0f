import { z } from 'zod'
import { environment, tier } from './environment.ts'

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
  relyingParty: z.object({ id: z.string(), name: z.string(), origins: z.array(z.string()) }),
  limits: z.object({ requestsPerMinute: z.number().int(), concurrent: z.number().int() }),
})
export type TenantAnswer = z.infer<typeof tenantAnswer>
