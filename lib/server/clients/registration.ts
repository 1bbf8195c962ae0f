import { type GrantType, grantTypes, type OAuthScope, oauthScopeNames, ownScopes } from '#lib/contract/oauth-scopes.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { Problem } from '../problem.ts'
import type { KeptClient } from './store.ts'

/** What may change of a client. */
export interface Registration {
  name: string
  redirectUris: string[]
  postLogoutRedirectUris: string[] | null
  scopes: OAuthScope[]
  /** Those of the scopes that a user may leave out. */
  optionalScopes: OAuthScope[]
  grants: GrantType[]
  dpopRequired: boolean
  logoUrl: string | null
}

/**
 * A registration as it is kept: scopes and grants in the order of the catalogue, URIs as a browser writes them, each once.
 * What a request names is compared to that to the letter.
 *
 * @see https://url.spec.whatwg.org/#url-serializing
 */
export function written({ redirectUris, postLogoutRedirectUris, ...lists }: Registration): KeptClient {
  const { scopes, optionalScopes, grants, ...rest } = lists
  return {
    ...rest,
    redirectUris: asBrowsersWrite(redirectUris),
    postLogoutRedirectUris: postLogoutRedirectUris && asBrowsersWrite(postLogoutRedirectUris),
    scopes: inOrder(scopes),
    optionalScopes: inOrder(optionalScopes),
    grants: grantTypes.filter((grant) => grants.includes(grant)).join(' '),
  }
}

function inOrder(scopes: OAuthScope[]): string {
  return oauthScopeNames.filter((scope) => scopes.includes(scope)).join(' ')
}

function asBrowsersWrite(uris: string[]): string {
  return JSON.stringify([...new Set(uris.map((uri) => new URL(uri).href))])
}

/** A registration as it was kept. */
export function registrationOf(kept: KeptClient): Registration {
  const { name, redirectUris, postLogoutRedirectUris, scopes, optionalScopes, grants, dpopRequired, logoUrl } = kept
  return {
    name,
    redirectUris: JSON.parse(redirectUris),
    postLogoutRedirectUris: postLogoutRedirectUris && JSON.parse(postLogoutRedirectUris),
    scopes: listed(scopes),
    optionalScopes: listed(optionalScopes),
    grants: grants.split(' ') as GrantType[],
    dpopRequired,
    logoUrl,
  }
}

/** Scopes as they are kept; none is the empty text. */
export function listed(scopes: string): OAuthScope[] {
  return scopes.split(' ').filter(Boolean) as OAuthScope[]
}

/**
 * Refuses what cannot be of a client: grants that it cannot use, and scopes that nobody could give it.
 *
 * @throws Problem invalid_request with every issue
 */
export function checkRegistration(
  type: 'public' | 'confidential',
  { redirectUris, scopes, optionalScopes, grants }: Registration,
): void {
  const has = (grant: GrantType) => grants.includes(grant)
  const own = scopes.filter((scope) => ownScopes.includes(scope as Scope))
  const issues: { path: string; message: string }[] = []
  if (has('client_credentials') && type === 'public') {
    issues.push({
      path: 'grants',
      message: 'client_credentials is for confidential clients: a public one has no secret',
    })
  }
  if (has('refresh_token') && !has('authorization_code') && !has('urn:ietf:params:oauth:grant-type:device_code')) {
    const message = 'refresh_token goes with authorization_code or device_code: client_credentials gives none'
    issues.push({ path: 'grants', message })
  }
  if (has('authorization_code') && redirectUris.length === 0) {
    issues.push({ path: 'redirectUris', message: 'names none, and authorization_code needs one' })
  }
  if (own.length > 0 && !has('client_credentials')) {
    const message = `${own.join(', ')}: no user can give that away, so it needs client_credentials among the grants`
    issues.push({ path: 'scopes', message })
  }
  for (const scope of optionalScopes) {
    const message = whyNeeded(scope, scopes)
    if (message) issues.push({ path: 'optionalScopes', message: `${scope} ${message}` })
  }
  const [first] = issues
  if (first) throw new Problem('invalid_request', `${first.path}: ${first.message}`, { issues })
}

/** Why a scope cannot be one that users leave out, or undefined. */
function whyNeeded(scope: OAuthScope, scopes: OAuthScope[]): string | undefined {
  if (!scopes.includes(scope)) return 'is not among the client’s scopes'
  if (scope === 'openid') return 'is the sign-in itself: it cannot be left out'
  return ownScopes.includes(scope as Scope) ? 'is no scope that users are asked for' : undefined
}
