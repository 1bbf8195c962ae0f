import type { CallerKey, CallerTenant } from '../caller.ts'
import { heldTo } from './ceiling.ts'
import { find } from './presented/store.ts'

/**
 * The key that a token names as its issuer, and its tenant: for the limits that the token's bearer shares with it. Null where
 * there is none of that id; one that works no more is told, for its tokens last their hour.
 */
export async function keyOfIssuer(id: string): Promise<{ key: CallerKey; tenant: CallerTenant } | null> {
  const found = await find(id)
  if (!found) return null
  const { name, hint, tier, expiresAt, allowedIps, familyId, demo, tenant } = found
  return { key: { id, name, hint, tier: heldTo(tier, tenant), expiresAt, allowedIps, familyId, demo }, tenant }
}
