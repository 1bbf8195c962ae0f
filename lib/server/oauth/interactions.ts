import type { InteractionStep, InteractionView } from '#lib/contract/oauth.ts'
import { beginningOf } from '#lib/webauthn/beginning.ts'
import { findUserOf } from '../passkeys/user.ts'
import { markOf, pageBrandingOf } from './about.ts'
import { grantAll } from './consent.ts'
import { type ConsentAnswer, consentGiven, consentRefused } from './consent-answered.ts'
import type { Cookies } from './cookies.ts'
import { find, finished, type Open, opened } from './open-interaction.ts'
import type { From } from './own-pages.ts'
import { allowedWithout, questionOf, rowsOf, scopesOf } from './question.ts'
import { returnsTo } from './returns-to.ts'
import { signOutOf } from './sessions.ts'
import * as store from './store.ts'

/** What a page asks; null where the interaction is unknown, over, or another browser's. */
export async function readInteraction(uid: string, cookies: Cookies): Promise<InteractionView | null> {
  const open = await find(uid, cookies)
  if (!open) return null
  const { interaction, client } = open
  const { params, prompt, session } = interaction
  const user = session?.accountId ? await findUserOf(placeOf(open), session.accountId) : null
  return {
    uid,
    prompt: prompt.name === 'consent' ? 'consent' : 'login',
    client: { ...markOf(client), since: client.createdAt && new Date(client.createdAt).toISOString() },
    tenant: pageBrandingOf(client.tenant),
    environment: client.environment,
    returnsTo: typeof params.redirect_uri === 'string' ? returnsTo(params.redirect_uri, client.tenant) : null,
    signUp: client.tenant.signUp,
    loginHint: typeof params.login_hint === 'string' ? beginningOf(params.login_hint, 64) : null,
    user: user && { username: user.username, displayName: user.displayName },
    scopes: await rowsOf(await questionOf(open, user?.id), open),
  }
}

/**
 * Allows what was asked for, but for what the user leaves out, and remembers that.
 *
 * @throws Problem interaction_unknown, invalid_request for what cannot be left out
 */
export async function allow(
  uid: string,
  cookies: Cookies,
  from: From,
  leftOut: readonly string[] = [],
): Promise<InteractionStep> {
  const open = await opened(uid, cookies, 'consent')
  const { server, interaction, client, session } = open
  // Somebody is signed in, or the interaction would not be open.
  const accountId = interaction.session?.accountId ?? ''
  const question = await questionOf(open, accountId)
  const allowed = allowedWithout(question, leftOut)
  const of = { accountId, clientId: client.id, passkeyId: session?.passkeyId }
  const { jti: grantId } = await grantAll(server, of, allowed, question.asked)
  const answer = { ...answerOf(open, accountId, from), scopes: scopesOf(allowed), leftOut: [...new Set(leftOut)] }
  await store.addConsent(accountId, client.id, allowed, await consentGiven(answer))
  return finished(interaction, { consent: { grantId } })
}

/**
 * Sends the app away with nothing.
 *
 * @throws Problem interaction_unknown
 */
export async function deny(uid: string, cookies: Cookies, from: From): Promise<InteractionStep> {
  const open = await opened(uid, cookies)
  const { interaction } = open
  const { accountId } = interaction.session ?? {}
  if (interaction.prompt.name === 'consent' && accountId) {
    const { asked } = await questionOf(open, accountId)
    await consentRefused({ ...answerOf(open, accountId, from), scopes: [], leftOut: scopesOf(asked) })
  }
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

function placeOf({ client }: Open) {
  return { tenantId: client.tenant.id, environment: client.environment }
}

function answerOf(open: Open, userId: string, from: From): Omit<ConsentAnswer, 'scopes' | 'leftOut'> {
  const { id, name } = open.client
  return { place: placeOf(open), client: { id, name }, userId, from }
}
