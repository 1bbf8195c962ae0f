import type { Caller } from '../caller.ts'
import { env } from '../env.ts'
import { relyingPartyOf } from '../tenants/relying-party.ts'

/**
 * A caller for ceremonies on this server's own pages: their origin counts, wherever else the tenant's pages are. It holds
 * no scope, so that nobody's account is added to and nothing is explained that a live environment keeps to itself.
 */
export function onOwnPages(caller: Caller): Caller {
  const origins = [...new Set([...relyingPartyOf(caller.tenant).origins, new URL(env().baseUrl).origin])]
  return { ...caller, tenant: { ...caller.tenant, origins: JSON.stringify(origins) }, scopes: new Set() }
}
