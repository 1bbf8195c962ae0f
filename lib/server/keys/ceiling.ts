import type { Tier } from '#lib/contract/environment.ts'
import type { CallerTenant } from '../caller.ts'
import { Problem } from '../problem.ts'

type Ceiling = Pick<CallerTenant, 'tierCeiling'>

/** The tier that a key of the tenant has: its own, or the tenant's ceiling where that is lower. */
export function heldTo(tier: string, { tierCeiling }: Ceiling): Tier {
  return tier === 'enterprise' && tierCeiling === 'enterprise' ? 'enterprise' : 'standard'
}

/**
 * Refuses a tier above what the operator lets the tenant have, whoever asks.
 *
 * @throws Problem tier_not_available
 */
export function mustBeWithin(tenant: Ceiling, tier: Tier): void {
  if (heldTo(tier, tenant) === tier) return
  const message = `is above ${tenant.tierCeiling}, the highest that this tenant has`
  throw new Problem('tier_not_available', `The tier ${message}. Whoever runs this server can raise that.`, {
    issues: [{ path: 'tier', message }],
  })
}
