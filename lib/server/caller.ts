import type { Environment, Tier } from '#lib/contract/environment.ts'
import type { Scope } from '#lib/contract/scopes.ts'

/** Whoever is asking: a tenant's environment, through one of its API keys. Verbs take it and trust nothing else. */
export interface Caller {
  tenant: CallerTenant
  environment: Environment
  key: CallerKey
  scopes: ReadonlySet<string>
}

export interface CallerKey {
  id: string
  name: string
  hint: string
  tier: Tier
  expiresAt: Date | null
}

export interface CallerTenant {
  id: string
  slug: string
  name: string
  rpId: string | null
  origins: string | null
}

/** Whose data: one tenant's one environment. Every query for a caller names both. */
export interface Place {
  tenantId: string
  environment: Environment
}

/** Where a caller's data is. */
export function placeOf(caller: Caller): Place {
  return { tenantId: caller.tenant.id, environment: caller.environment }
}

/** Whether the caller holds a scope, to the letter. */
export function holds(caller: Caller, scope: Scope): boolean {
  return caller.scopes.has(scope)
}

/** Whether the caller is told why: a test environment explains, a live one does so to keys with `passkeys:debug`. */
export function explainsTo(caller: Caller): boolean {
  return caller.environment === 'test' || holds(caller, 'passkeys:debug')
}
