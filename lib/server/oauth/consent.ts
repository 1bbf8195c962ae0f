import type Provider from 'oidc-provider'
import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import { identityScopes } from '#lib/contract/oauth-scopes.ts'
import { placeOfClient } from './resources.ts'
import type { Session } from './sessions.ts'
import * as store from './store.ts'
import { tell } from './unavailable.ts'

// What a user allowed is remembered for them, the client and the resource. Each authorization has a grant of its own: when
// one is ended, by a code that came twice or a stolen refresh token, what others were given goes on.

/** What was asked for: scopes of the API for each resource; those of who the user is are for none, the empty name. */
export type Asked = store.Consent

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
  const asked = askedOf(ctx)
  const before = await store.findConsent(account.accountId, client.clientId).catch(tell)
  const split = (wanted: boolean) => keptOf(asked, (at, scope) => (before[at]?.includes(scope) === true) === wanted)
  const [known, missing] = [split(true), Object.values(split(false)).flat()]
  const { optionalScopes } = placeOfClient(client)
  // Who may not ask gets what was allowed, where the rest can be left out.
  const some = oidc.prompts.has('none') && Object.keys(known).length > 0
  const enough = some && missing.every((scope) => optionalScopes.includes(scope))
  if (missing.length > 0 && !enough) return undefined
  const { passkeyId } = oidc.session as Session
  return grantAll(provider, { accountId: account.accountId, clientId: client.clientId, passkeyId }, known, asked)
}

/**
 * Makes a grant of what was allowed, and keeps it: what else was asked for is in it as refused, so that it is not asked for
 * once more. It ends with the passkey that the user signed in with.
 */
export async function grantAll(
  server: Provider,
  of: { accountId: string; clientId: string; passkeyId: string | undefined },
  allowed: Asked,
  asked: Asked,
): Promise<Grant> {
  const grant = new server.Grant(of)
  for (const [resource, scopes] of Object.entries(asked)) {
    const granted = allowed[resource] ?? []
    const refused = scopes.filter((scope) => !granted.includes(scope))
    if (granted.length > 0 && resource) grant.addResourceScope(resource, granted.join(' '))
    if (granted.length > 0 && !resource) grant.addOIDCScope(granted.join(' '))
    if (refused.length > 0 && resource) grant.rejectResourceScope(resource, refused.join(' '))
    if (refused.length > 0 && !resource) grant.rejectOIDCScope(refused.join(' '))
  }
  await grant.save()
  return grant
}

function askedOf({ oidc }: KoaContextWithOIDC): Asked {
  const scopes = [...oidc.requestParamScopes]
  const ofResources = Object.entries(oidc.resourceServers ?? {}).map(([resource, { scopes: allowed }]) => [
    resource,
    scopes.filter((scope) => allowed.has(scope)),
  ])
  return askedFor(identityOf(scopes), Object.fromEntries(ofResources))
}

/** All that is asked for, without what is asked nothing of. */
export function askedFor(identity: string[], resources: Record<string, string[]>): Asked {
  return keptOf({ '': identity, ...resources }, () => true)
}

/** Those scopes that a condition holds for, by what they are for. */
export function keptOf(asked: Asked, holds: (at: string, scope: string) => boolean): Asked {
  const rest = Object.entries(asked).map(([at, scopes]) => [at, scopes.filter((scope) => holds(at, scope))] as const)
  return Object.fromEntries(rest.filter(([, scopes]) => scopes.length > 0))
}

/** The scopes of identity among some. */
export function identityOf(scopes: string[]): string[] {
  return scopes.filter((scope) => Object.hasOwn(identityScopes, scope))
}
