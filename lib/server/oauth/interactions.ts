import type { InteractionStep, InteractionView } from '#lib/contract/oauth.ts'
import { type OAuthScope, ownScopes, wordsOf, wordsOfResource } from '#lib/contract/oauth-scopes.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { beginningOf } from '#lib/webauthn/beginning.ts'
import { findUserOf } from '../passkeys/user.ts'
import { markOf, pageBrandingOf } from './about.ts'
import { type Asked, askedFor, grantAll, identityOf } from './consent.ts'
import type { Cookies } from './cookies.ts'
import { find, finished, type Open, opened } from './open-interaction.ts'
import { signOutOf } from './sessions.ts'
import * as store from './store.ts'

/** What a page asks; null where the interaction is unknown, over, or another browser's. */
export async function readInteraction(uid: string, cookies: Cookies): Promise<InteractionView | null> {
  const open = await find(uid, cookies)
  if (!open) return null
  const { interaction, client } = open
  const { params, prompt, session } = interaction
  const place = { tenantId: client.tenant.id, environment: client.environment }
  const user = session?.accountId ? await findUserOf(place, session.accountId) : null
  const before = user ? await store.findConsent(user.id, client.id) : {}
  return {
    uid,
    prompt: prompt.name === 'consent' ? 'consent' : 'login',
    client: markOf(client),
    tenant: pageBrandingOf(client.tenant),
    environment: client.environment,
    returnsTo: typeof params.redirect_uri === 'string' ? placeNameOf(params.redirect_uri) : null,
    signUp: client.tenant.signUp,
    loginHint: typeof params.login_hint === 'string' ? beginningOf(params.login_hint, 64) : null,
    user: user && { username: user.username, displayName: user.displayName },
    scopes: Object.entries(askedOf(open)).flatMap(([resource, scopes]) =>
      scopes.map((scope) => ({
        scope,
        words: wordsOf(scope as OAuthScope),
        at: resource ? wordsOfResource(resource) : null,
        isNew: !before[resource]?.includes(scope),
      })),
    ),
  }
}

/**
 * Allows what was asked for, and remembers that.
 *
 * @throws Problem interaction_unknown
 */
export async function allow(uid: string, cookies: Cookies): Promise<InteractionStep> {
  const open = await opened(uid, cookies, 'consent')
  const { server, interaction, client, session } = open
  // Somebody is signed in, or the interaction would not be open.
  const accountId = interaction.session?.accountId ?? ''
  const asked = askedOf(open)
  const of = { accountId, clientId: client.id, passkeyId: session?.passkeyId }
  const { jti: grantId } = await grantAll(server, of, asked)
  await store.addConsent(accountId, client.id, asked)
  return finished(interaction, { consent: { grantId } })
}

/**
 * Sends the app away with nothing.
 *
 * @throws Problem interaction_unknown
 */
export async function deny(uid: string, cookies: Cookies): Promise<InteractionStep> {
  const { interaction } = await opened(uid, cookies)
  return finished(interaction, { error: 'access_denied', error_description: 'the user did not allow it' })
}

/**
 * Goes back to the sign-in, for somebody else.
 *
 * @throws Problem interaction_unknown
 */
export async function switchAccount(uid: string, cookies: Cookies): Promise<InteractionStep> {
  const { server, interaction } = await opened(uid, cookies, 'consent')
  if (interaction.session?.uid) await signOutOf(server, interaction.session.uid)
  return { location: interaction.returnTo }
}

function askedOf({ interaction, client }: Open): Asked {
  const { scope, resource } = interaction.params
  const scopes = typeof scope === 'string' ? scope.split(' ') : []
  const open = scopes.filter((one) => client.scopes.includes(one))
  const ofResource = open.filter((one) => !identityOf([one]).length && !ownScopes.includes(one as Scope))
  const resources = [resource].flat().filter((one) => typeof one === 'string')
  return askedFor(identityOf(open), Object.fromEntries(resources.map((one) => [one, ofResource])))
}

/** Where an answer goes, in words that people know: the host, or an app's own scheme. */
function placeNameOf(redirectUri: string): string {
  const { host, protocol } = new URL(redirectUri)
  return host || protocol.slice(0, -1)
}
