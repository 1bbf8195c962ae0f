import type { ClientView } from '#lib/contract/oauth.ts'
import {
  type GrantType,
  identityScopes,
  type OAuthScope,
  ownScopes,
  whyNotOffline,
} from '#lib/contract/oauth-scopes.ts'
import type { OAuthChoices, StepId } from '../../../oauth/oauth-flow.ts'

/** The grants that begin a flow. A refresh goes on with one. */
export type TriedGrant = Exclude<GrantType, 'refresh_token'>

const first: Readonly<Record<TriedGrant, readonly StepId[]>> = {
  authorization_code: ['authorize', 'exchange'],
  'urn:ietf:params:oauth:grant-type:device_code': ['codes', 'wait'],
  client_credentials: ['itself'],
}

/** The grants of a client that can be tried out, in the order in which they are offered. */
export function triedGrants({ grants }: Pick<ClientView, 'grants'>): TriedGrant[] {
  return (Object.keys(first) as TriedGrant[]).filter((grant) => grants.includes(grant))
}

/** From the beginning of a grant to a call of the API with its token. */
export function stepsOf(grant: TriedGrant, { grants }: Pick<ClientView, 'grants'>): StepId[] {
  const renews = grant !== 'client_credentials' && grants.includes('refresh_token')
  return [...first[grant], ...(renews ? (['refresh'] as const) : []), 'api']
}

/** What a client can ask for this way: of a user, or for itself. */
export function scopesFor(grant: TriedGrant, { scopes, grants }: Pick<ClientView, 'scopes' | 'grants'>): OAuthScope[] {
  const all = scopes as OAuthScope[]
  if (grant === 'client_credentials') return all.filter((scope) => !Object.hasOwn(identityScopes, scope))
  const without: readonly string[] = whyNotOffline(grants, 'consent') ? [...ownScopes, 'offline_access'] : ownScopes
  return all.filter((scope) => !without.includes(scope))
}

/** What is asked for unless somebody chooses: everything, with the consent that it needs. */
export function firstChoices(grant: TriedGrant, client: ClientView): OAuthChoices {
  const scopes = scopesFor(grant, client)
  return {
    scopes,
    resource: 'api',
    dpop: client.dpopRequired,
    pushed: false,
    askAgain: scopes.includes('offline_access'),
    signInAgain: false,
  }
}
