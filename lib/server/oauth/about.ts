import type { Environment } from '#lib/contract/environment.ts'
import type { PageBranding } from '#lib/contract/oauth.ts'
import type { CallerTenant } from '../caller.ts'
import { findClient, type RegisteredClient } from '../clients/find-client.ts'
import { tell } from './unavailable.ts'

/** Who asks, and whose users they are, as pages show it. Null: not known. */
export interface About {
  client: { name: string; logoUrl: string | null } | null
  tenant: PageBranding | null
  environment: Environment | null
}

/** Who a client is, for a page. */
export async function aboutOf(clientId: string | undefined): Promise<About> {
  const client = clientId === undefined ? null : await findClient(clientId).catch(tell)
  if (!client) return { client: null, tenant: null, environment: null }
  return { client: markOf(client), tenant: pageBrandingOf(client.tenant), environment: client.environment }
}

/** A client's name and logo. */
export function markOf({ name, logoUrl }: Pick<RegisteredClient, 'name' | 'logoUrl'>) {
  return { name, logoUrl }
}

/** How a tenant is shown to its users. */
export function pageBrandingOf(tenant: CallerTenant): PageBranding {
  return { name: tenant.brandName ?? tenant.name, color: tenant.brandColor, logoUrl: tenant.logoUrl }
}
