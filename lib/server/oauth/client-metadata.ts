import type { AdapterPayload } from 'oidc-provider'
import { identityScopes } from '#lib/contract/oauth-scopes.ts'
import { findClient } from '../clients/find-client.ts'

/** Of which tenant and environment a client is, as the provider carries it among the client's metadata. */
export interface ClientPlace {
  tenantId: string
  tenantName: string
  environment: 'test' | 'live'
  /** The API scopes that it may ask for. */
  apiScopes: string[]
  /** What users may leave out of what they allow it. */
  optionalScopes: string[]
  /** Of its secrets. */
  secretHashes: string[]
}

/** For clients that may not ask who the user is, a scope that no request can name: one without any could ask for all. */
export const noIdentity = '"'

/** A client as the provider knows clients; undefined where there is none of that id. */
export async function metadataOf(clientId: string): Promise<AdapterPayload | undefined> {
  const client = await findClient(clientId)
  if (!client) return undefined
  const { tenant, environment, scopes, grants, redirectUris, logoUrl } = client
  const isPublic = client.type === 'public'
  const place: ClientPlace = {
    tenantId: tenant.id,
    tenantName: tenant.name,
    environment,
    apiScopes: scopes.filter((scope) => !Object.hasOwn(identityScopes, scope)),
    optionalScopes: client.optionalScopes,
    secretHashes: client.secretHashes,
  }
  const usesCode = grants.includes('authorization_code')
  return {
    client_id: client.id,
    client_name: client.name,
    ...(logoUrl ? { logo_uri: logoUrl } : {}),
    // `native` is the library's word for private-use schemes.
    application_type: redirectUris.every((uri) => /^https?:/.test(uri)) ? 'web' : 'native',
    redirect_uris: redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    grant_types: grants,
    response_types: usesCode ? ['code'] : [],
    scope: scopes.filter((scope) => Object.hasOwn(identityScopes, scope)).join(' ') || noIdentity,
    token_endpoint_auth_method: isPublic ? 'none' : 'client_secret_basic',
    // Never compared: secrets are kept as hashes, and `compareClientSecret` of the provider's clients asks for those.
    ...(isPublic ? {} : { client_secret: 'kept as a hash' }),
    dpop_bound_access_tokens: client.dpopRequired,
    place,
  } as AdapterPayload
}
