import type { CallerTenant } from '../../caller.ts'
import { direct } from '../../db/database.ts'
import type { KeptClient } from '../store.ts'

/** A client with its tenant, as a request that names it needs them. */
export interface PresentedClient extends KeptClient {
  id: string
  type: string
  environment: string
  createdAt: string
  /** Of its secrets, separated by one space; null where it has none. */
  hashes: string | null
  tenant: PresentedTenant
}

export type PresentedTenant = CallerTenant & { signUp: boolean }

const tenantColumns = `
  t."id" AS "tenantId", t."slug", t."name" AS "tenantName", t."rpId", t."rpName", t."origins", t."brandName",
  t."brandColor", t."logoUrl" AS "tenantLogoUrl", t."monthlyQuota", t."tierCeiling", t."signUp"`

// The value in a CAST: SQLite plans a join anew for every value that it can see, which costs more than the query.
const client = `
  SELECT c."id", c."name", c."type", c."environment", c."redirectUris", c."postLogoutRedirectUris", c."scopes",
         c."optionalScopes", c."grants", c."dpopRequired", c."logoUrl", c."createdAt",
         (SELECT group_concat(s."hash", ' ') FROM "OAuthClientSecret" s WHERE s."clientId" = c."id") AS "hashes",
         ${tenantColumns}
  FROM "OAuthClient" c JOIN "Tenant" t ON t."id" = c."tenantId" WHERE c."id" = CAST(? AS TEXT)`

const tenant = `SELECT ${tenantColumns} FROM "Tenant" t WHERE t."id" = ?`

/** The client of an id with its tenant and its secrets' hashes. One query: every request for a token asks it. */
export async function find(id: string): Promise<PresentedClient | null> {
  const row = await (await direct()).first<ClientRow>(client, id)
  if (!row) return null
  const { name, type, environment, redirectUris, postLogoutRedirectUris, ...more } = row
  const { scopes, optionalScopes, grants, logoUrl, createdAt, hashes } = more
  const dpopRequired = row.dpopRequired === 1
  const lists = { redirectUris, postLogoutRedirectUris, scopes, optionalScopes, grants }
  return {
    id: row.id,
    name,
    type,
    environment,
    ...lists,
    dpopRequired,
    logoUrl,
    createdAt,
    hashes,
    tenant: tenantOf(row),
  }
}

/** The tenant of an id. */
export async function findTenant(id: string): Promise<PresentedTenant | null> {
  const row = await (await direct()).first<TenantRow>(tenant, id)
  return row ? tenantOf(row) : null
}

// As SQLite has them.
type TenantRow = Omit<CallerTenant, 'id' | 'name' | 'logoUrl'> & {
  tenantId: string
  tenantName: string
  tenantLogoUrl: string | null
  signUp: number
}
type ClientRow = Omit<PresentedClient, 'tenant' | 'dpopRequired'> & TenantRow & { dpopRequired: number }

function tenantOf({
  tenantId,
  tenantName,
  tenantLogoUrl,
  slug,
  rpId,
  rpName,
  origins,
  ...row
}: TenantRow): PresentedTenant {
  const { brandName, brandColor, monthlyQuota, tierCeiling } = row
  const names = { id: tenantId, slug, name: tenantName, monthlyQuota, tierCeiling }
  return { ...names, rpId, rpName, origins, brandName, brandColor, logoUrl: tenantLogoUrl, signUp: row.signUp === 1 }
}
