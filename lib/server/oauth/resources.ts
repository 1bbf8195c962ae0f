import { type Client, errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider'
import { apiResource, mpcResource } from '#lib/contract/oauth-resources.ts'
import { ownScopes } from '#lib/contract/oauth-scopes.ts'
import { type Scope, scopeNames } from '#lib/contract/scopes.ts'
import { audienceOf } from '#lib/contract/token.ts'
import { env } from '../env.ts'
import type { ClientPlace } from './client-metadata.ts'

const catalogue: ReadonlySet<string> = new Set(scopeNames)

// Where a flow begins. Later on, no scope means: all that was allowed.
const asking = new Set(['authorization', 'pushed_authorization_request', 'device_authorization'])

/** How long an access token lasts. */
export const accessTokenSeconds = 3600

/** The place that a client is of. */
export function placeOfClient(client: Client): ClientPlace {
  return (client as unknown as { place: ClientPlace }).place
}

/**
 * A resource that tokens can be for, and what a client may ask of it. Scopes that run a tenant are for clients themselves:
 * no user can give them away.
 *
 * @throws InvalidTarget for any other resource, InvalidScope for a scope that the client may not ask for
 * @see https://www.rfc-editor.org/rfc/rfc8707
 */
export function resourceServerOf(ctx: KoaContextWithOIDC, resource: string, client: Client): ResourceServer {
  const { environment, apiScopes } = placeOfClient(client)
  const audience = audienceOfResource(resource, environment)
  if (!audience) {
    const known = `${apiResource(env().baseUrl)} or ${mpcResource}`
    throw new errors.InvalidTarget(`resource must be ${known}`)
  }
  const forItself = ctx.oidc.params?.grant_type === 'client_credentials'
  const allowed = apiScopes.filter((scope) => forItself || !ownScopes.includes(scope as Scope))
  const params = ctx.oidc.params as Record<string, unknown> | undefined
  // RFC 6749 §3.3: who names no scope gets a default; a client's own is all that it may have.
  if (forItself && params && params.scope === undefined) params.scope = allowed.join(' ')
  if (params && params.scope === undefined && asking.has(String(ctx.oidc.route))) {
    throw new errors.CustomOIDCProviderError('invalid_scope', 'scope must name what is asked for')
  }
  const asked = String(params?.scope ?? '').split(' ')
  const refused = asked.find((scope) => catalogue.has(scope) && !allowed.includes(scope))
  if (refused) throw new errors.InvalidScope('requested scope is not allowed', refused)
  return {
    audience,
    scope: allowed.join(' '),
    accessTokenTTL: accessTokenSeconds,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'ES256' } },
  }
}

/**
 * Whoever names no resource, and asks for more than who the user is, means the API; of several that were allowed, the API,
 * too.
 */
export function defaultResource(
  ctx: KoaContextWithOIDC,
  _client: Client,
  oneOf?: readonly string[],
): string | undefined {
  const api = apiResource(env().baseUrl)
  if (oneOf) return oneOf.includes(api) ? api : oneOf[0]
  const scopes = String(ctx.oidc.params?.scope ?? '').split(' ')
  return scopes.includes('openid') && !scopes.some((scope) => catalogue.has(scope)) ? undefined : api
}

function audienceOfResource(resource: string, environment: ClientPlace['environment']): string | undefined {
  if (resource === apiResource(env().baseUrl)) return resource
  return resource === mpcResource ? audienceOf(environment) : undefined
}
