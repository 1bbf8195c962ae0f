import type { CallerTenant } from '../caller.ts'
import { env } from '../env.ts'

/** The relying party of a tenant, as WebAuthn knows it. */
export interface RelyingParty {
  id: string
  name: string
  /** Exact strings: what clientDataJSON's origin must be one of. */
  origins: string[]
}

type Chosen = Pick<CallerTenant, 'name' | 'rpId' | 'rpName' | 'origins'>

/** A tenant's relying party. What it has not set follows BASE_URL, now and not when it was made. */
export function relyingPartyOf(tenant: Chosen): RelyingParty {
  const base = baseOf(env().baseUrl)
  return {
    id: tenant.rpId ?? base.hostname,
    name: tenant.rpName ?? tenant.name,
    origins: tenant.origins ? (JSON.parse(tenant.origins) as string[]) : [base.origin],
  }
}

let read: { url: string; hostname: string; origin: string } | undefined

/** Host and origin of BASE_URL, read once: every request asks for them. */
function baseOf(url: string) {
  if (read?.url === url) return read
  const { hostname, origin } = new URL(url)
  read = { url, hostname, origin }
  return read
}
