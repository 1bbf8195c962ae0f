import { mpcResource } from './oauth-resources.ts'
import { type Scope, scopes } from './scopes.ts'

/** Scopes of OpenID Connect: what an app may know of the user, and for how long it may stay connected. */
export const identityScopes = {
  openid: 'Sign you in, and know you again',
  profile: 'See your username and display name',
  offline_access: 'Stay connected while you are away',
} as const

export type IdentityScope = keyof typeof identityScopes
export type OAuthScope = IdentityScope | Scope

export const oauthScopeNames = [...Object.keys(identityScopes), ...Object.keys(scopes)] as [OAuthScope, ...OAuthScope[]]

/** Scopes that run a tenant: no user can give them away, so an app gets them only for itself, by client credentials. */
export const ownScopes: readonly Scope[] = [
  'keys:manage',
  'oauth:manage',
  'webhooks:manage',
  'account:write',
  'passkeys:debug',
]

/** What a scope lets an app do, in the words of the consent page: said to the user whose account it is. */
const consentWords: Partial<Record<OAuthScope, string>> = {
  ...identityScopes,
  'passkeys:register': 'Begin the registration of passkeys here',
  'passkeys:authenticate': 'Begin sign-ins with passkeys here',
  'passkeys:manage': 'See, rename and delete your passkeys',
  'usage:read': 'Read the usage figures of this service',
  'mpc:keygen': 'Make MPC keys for you',
  'mpc:sign': 'Sign with your MPC keys',
  'skills:list': 'See which skills there are',
  'skills:execute': 'Run skills for you',
  'account:read': 'View the balance and history of this service',
}

/** A scope in plain words; those that nobody is asked for, as administrators know them. */
export function wordsOf(scope: OAuthScope): string {
  return consentWords[scope] ?? scopes[scope as Scope]
}

/**
 * What follows from a scope that moves money, signs, or can lock its user out, in words for that user; null for every other.
 * `dearest` is what the dearest skill costs, in cents.
 */
export function followsFrom(
  scope: OAuthScope,
  { tenant, environment, dearest }: { tenant: string; environment: 'test' | 'live'; dearest: number },
): string | null {
  switch (scope) {
    case 'passkeys:manage':
      return 'Delete the last one, and you cannot sign in any more.'
    case 'mpc:keygen':
      return 'Freezing and deleting them goes with it: a deleted key never signs again.'
    case 'mpc:sign':
      return 'A key that asks for your approval still asks each time. Any other signs without asking you.'
    case 'skills:execute': {
      const price = (dearest / 100).toLocaleString('en', { style: 'currency', currency: 'USD' })
      const most = `${tenant}’s balance: up to ${price} for each run`
      return environment === 'live'
        ? `It can take money from ${most}.`
        : `Live runs take money from ${most}. Test runs cost nothing.`
    }
    default:
      return null
  }
}

/** Where the scopes of a resource are used, in the words of the consent page. */
export function wordsOfResource(resource: string): string {
  return resource === mpcResource ? 'at the MPC server' : 'at the API'
}

/** Ways to get tokens, by their names in OAuth. */
export const grantTypes = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'urn:ietf:params:oauth:grant-type:device_code',
] as const
export type GrantType = (typeof grantTypes)[number]

/**
 * Why the server leaves `offline_access` out of a request for a code, in words that go on from “left out, since”; undefined
 * where it is kept. Whether a refresh token comes is the grants' affair alone.
 *
 * @see https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess
 */
export function whyNotOffline(grants: readonly GrantType[], prompt = ''): string | undefined {
  if (!grants.includes('refresh_token')) return 'the client may not use refresh tokens'
  return prompt.split(' ').includes('consent') ? undefined : 'the request does not ask for consent (prompt=consent)'
}

/**
 * The Playground's own client in a tenant's test environment, while DEMO is on: public, there without being made, its
 * redirect URI `/playground/callback`. Anybody may use it, so its requests are counted, and spend nothing of a quota.
 */
export function playgroundClientId(tenantId: string): string {
  return `playground_${tenantId}`
}

/** How the Playground's own client gets tokens. */
export const playgroundGrants: readonly GrantType[] = [
  'authorization_code',
  'refresh_token',
  'urn:ietf:params:oauth:grant-type:device_code',
]

/** What the Playground's own client may ask for. */
export const playgroundScopes: readonly OAuthScope[] = [
  'openid',
  'profile',
  'offline_access',
  'passkeys:manage',
  'mpc:keygen',
  'mpc:sign',
  'skills:list',
  'account:read',
]
