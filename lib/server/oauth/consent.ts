import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import { identityScopes } from '#lib/contract/oauth-scopes.ts'
import * as store from './store.ts'

// What a user allowed is remembered for them and the client. Each authorization has a grant of its own: when one is ended,
// by a code that came twice or a stolen refresh token, what others were given goes on.

/** What was asked for: scopes of identity, and of each resource those of the API. */
export interface Asked {
  identity: string[]
  resources: Record<string, string[]>
}

/**
 * The grant of an authorization: the one that the user just allowed, or a new one where they allowed all of it before.
 * Undefined: they have to be asked.
 */
export async function grantOf(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { oidc } = ctx
  const { provider, account, client, result } = oidc
  const allowed = result?.consent?.grantId
  if (allowed) {
    const grant = await provider.Grant.find(allowed)
    // What somebody else allowed, in the same browser, is not this user's.
    return grant?.accountId === account?.accountId ? grant : undefined
  }
  if (!account || !client || oidc.prompts.has('consent')) return undefined
  // A code that is typed may have come from anybody: whoever types it is shown each time what they let in.
  if (oidc.deviceCode) return undefined
  const consent = await store.findConsent(account.accountId, client.clientId)
  if (!consent) return undefined
  const asked = askedOf(ctx)
  const before = consent.scopes.split(' ')
  if (!scopesOf(asked).every((scope) => before.includes(scope))) return undefined
  const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId })
  await grantAll(grant, asked)
  return grant
}

/** Gives a new grant all that was asked for, and keeps it. */
export function grantAll(grant: Grant, { identity, resources }: Asked): Promise<string> {
  if (identity.length > 0) grant.addOIDCScope(identity.join(' '))
  for (const [resource, scopes] of Object.entries(resources)) grant.addResourceScope(resource, scopes.join(' '))
  return grant.save()
}

/** What was asked for, each scope once. */
export function scopesOf({ identity, resources }: Asked): string[] {
  return [...new Set([...identity, ...Object.values(resources).flat()])]
}

function askedOf({ oidc }: KoaContextWithOIDC): Asked {
  const scopes = [...oidc.requestParamScopes]
  return {
    identity: identityOf(scopes),
    resources: Object.fromEntries(
      Object.entries(oidc.resourceServers ?? {}).map(([resource, { scopes: allowed }]) => [
        resource,
        scopes.filter((scope) => allowed.has(scope)),
      ]),
    ),
  }
}

/** The scopes of identity among some. */
export function identityOf(scopes: string[]): string[] {
  return scopes.filter((scope) => Object.hasOwn(identityScopes, scope))
}
