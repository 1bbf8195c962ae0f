import type { Environment, Tier } from '#lib/contract/environment.ts'
import type { Scope } from '#lib/contract/scopes.ts'

/** Whoever is asking: a tenant's environment, through one of its API keys. Verbs take it and trust nothing else. */
export interface Caller {
  tenant: CallerTenant
  environment: Environment
  key: {
    id: string
    name: string
    hint: string
    tier: Tier
    expiresAt: Date | null
  }
  scopes: ReadonlySet<string>
}

export interface CallerTenant {
  id: string
  slug: string
  name: string
  rpId: string | null
  origins: string | null
}

/** Whether the caller holds a scope, to the letter. */
export function holds(caller: Caller, scope: Scope): boolean {
  return caller.scopes.has(scope)
}
