import type { ClientView } from '#lib/contract/oauth.ts'
import { type GrantType, type OAuthScope, ownScopes } from '#lib/contract/oauth-scopes.ts'

/** What decides what else a client can be. */
export interface Access {
  type: ClientView['type']
  grants: readonly GrantType[]
  scopes: readonly OAuthScope[]
  /** Those of them that people may leave out. */
  optionalScopes: readonly OAuthScope[]
}

/** Why a way to get tokens is not open to a client, or undefined. */
export function whyNoGrant(grant: GrantType, { type, grants }: Pick<Access, 'type' | 'grants'>): string | undefined {
  if (grant === 'client_credentials' && type === 'public') return 'Only for a confidential client: it takes a secret.'
  if (grant === 'refresh_token' && !grants.some(signsIn)) return 'Only where people sign in.'
  return undefined
}

/** Why a scope cannot be given to a client, or undefined. */
export function whyNoScope(scope: OAuthScope, { grants }: Pick<Access, 'grants'>): string | undefined {
  const own = (ownScopes as readonly string[]).includes(scope)
  if (!own || grants.includes('client_credentials')) return undefined
  return 'It runs your tenant, so no user can give it away. Only with client_credentials.'
}

/** The same without what is not possible any more, after a change of one of its parts. */
export function settled<Part extends Access>(access: Part): Part {
  const grants = access.grants.filter((grant) => !whyNoGrant(grant, access))
  const scopes = access.scopes.filter((scope) => !whyNoScope(scope, { grants }))
  const optionalScopes = access.optionalScopes.filter((scope) => mayBeOptional(scope) && scopes.includes(scope))
  return { ...access, grants, scopes, optionalScopes }
}

/** Whether people can be asked for a scope, and the app do without. */
export function mayBeOptional(scope: OAuthScope): boolean {
  return scope !== 'openid' && !(ownScopes as readonly string[]).includes(scope)
}

/** Whether people come back from a sign-in to one of its redirect URIs. */
export function comesBack({ grants }: Pick<Access, 'grants'>): boolean {
  return grants.includes('authorization_code')
}

function signsIn(grant: GrantType): boolean {
  return grant === 'authorization_code' || grant === 'urn:ietf:params:oauth:grant-type:device_code'
}
