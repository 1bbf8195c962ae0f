import { z } from 'zod'
import { environment, tier } from './environment.ts'
import { label } from './label.ts'
import { scopeNames } from './scopes.ts'

/** What a new API key is to be. */
export const keyCreate = z.strictObject({
  name: label,
  type: environment,
  scopes: z
    .array(z.enum(scopeNames, { error: ({ input }) => `“${String(input).slice(0, 64)}” is not a scope` }))
    .min(1, 'name at least one'),
  tier: tier.default('standard'),
  expiresAt: z.union([z.iso.datetime({ offset: true }), z.iso.date()], 'is not an ISO 8601 date').optional(),
})
export type KeyCreate = z.input<typeof keyCreate>

/** A key's metadata: all that is ever shown of it after its making. */
export const keyView = z.object({
  id: z.string(),
  name: z.string(),
  type: environment,
  hint: z.string(),
  scopes: z.array(z.string()),
  tier,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
})
export type KeyView = z.infer<typeof keyView>
