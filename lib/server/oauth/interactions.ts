import type Provider from 'oidc-provider'
import type { InteractionStep, InteractionView } from '#lib/contract/oauth.ts'
import { type OAuthScope, ownScopes, wordsOf } from '#lib/contract/oauth-scopes.ts'
import type { AuthenticateBegun, RegisterBegun } from '#lib/contract/passkeys.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { type Caller, fullCaller } from '../caller.ts'
import { findClient, type RegisteredClient } from '../clients/find-client.ts'
import { clock } from '../clock.ts'
import { beginAuthentication } from '../passkeys/begin-authentication.ts'
import { beginRegistration } from '../passkeys/begin-registration.ts'
import { signIn } from '../passkeys/finish-authentication.ts'
import { register } from '../passkeys/finish-registration.ts'
import { findUserOf } from '../passkeys/user.ts'
import { Problem } from '../problem.ts'
import { methodsOf } from '../tokens/tokens.ts'
import { markOf, pageBrandingOf } from './about.ts'
import { type Asked, grantAll, identityOf, scopesOf } from './consent.ts'
import { type Cookies, cookieNames, signedCookie } from './cookies.ts'
import { onOwnPages } from './own-pages.ts'
import { acrOf } from './policy.ts'
import { provider } from './provider.ts'
import { signOutOf } from './sessions.ts'
import * as store from './store.ts'

// A page under /interaction/{uid} asks a user what an authorization needs: to sign in, or to allow something. It belongs to
// the browser that began it, which has the interaction's cookie.

type Assertion = Parameters<typeof signIn>[1]
type Attestation = Parameters<typeof register>[1]
type Interaction = InstanceType<Provider['Interaction']>

/** From where a request comes, for the audit log. */
export interface From {
  address: string | undefined
  requestId: string
}

interface Open {
  server: Provider
  interaction: Interaction
  client: RegisteredClient
}

/** What a page asks; null where the interaction is unknown, over, or another browser's. */
export async function readInteraction(uid: string, cookies: Cookies): Promise<InteractionView | null> {
  const open = await find(uid, cookies)
  if (!open) return null
  const { interaction, client } = open
  const { params, prompt, session } = interaction
  const place = { tenantId: client.tenant.id, environment: client.environment }
  const user = session?.accountId ? await findUserOf(place, session.accountId) : null
  const consent = user && (await store.findConsent(user.id, client.id))
  const before = consent?.scopes.split(' ') ?? []
  return {
    uid,
    prompt: prompt.name === 'consent' ? 'consent' : 'login',
    client: markOf(client),
    tenant: pageBrandingOf(client.tenant),
    environment: client.environment,
    returnsTo: typeof params.redirect_uri === 'string' ? placeNameOf(params.redirect_uri) : null,
    signUp: client.tenant.signUp,
    loginHint: typeof params.login_hint === 'string' ? params.login_hint.slice(0, 64) : null,
    user: user && { username: user.username, displayName: user.displayName },
    scopes: scopesOf(askedOf(open)).map((scope) => ({
      scope,
      words: wordsOf(scope as OAuthScope),
      isNew: !before.includes(scope),
    })),
  }
}

/**
 * Begins a sign-in, for a username or for whoever comes with a passkey.
 *
 * @throws Problem interaction_unknown, user_unknown
 */
export async function beginSignIn(uid: string, cookies: Cookies, username?: string): Promise<AuthenticateBegun> {
  const { client } = await opened(uid, cookies, 'login')
  return beginAuthentication(callerOf(client), { username })
}

/**
 * Ends it.
 *
 * @throws Problem interaction_unknown, ceremony_unknown, verification_failed
 */
export async function finishSignIn(uid: string, cookies: Cookies, finish: Assertion): Promise<InteractionStep> {
  const open = await opened(uid, cookies, 'login')
  const { user, passkey, userVerified } = await signIn(callerOf(open.client), finish)
  return signedIn(open, user.id, methodsOf({ passkey, userVerified }))
}

/**
 * Begins the registration of somebody new.
 *
 * @throws Problem interaction_unknown, sign_up_closed, user_exists
 */
export async function beginSignUp(uid: string, cookies: Cookies, username: string): Promise<RegisterBegun> {
  const { client } = await openForAll(uid, cookies)
  const options = { authenticatorSelection: { residentKey: 'required' } } as const
  return beginRegistration(callerOf(client), { username, options })
}

/**
 * Ends it: whoever just made a passkey is signed in with it.
 *
 * @throws Problem interaction_unknown, sign_up_closed, ceremony_unknown, verification_failed, passkey_exists, user_exists
 */
export async function finishSignUp(
  uid: string,
  cookies: Cookies,
  finish: Attestation,
  from: From,
): Promise<InteractionStep> {
  const open = await openForAll(uid, cookies)
  const { user, passkey, userVerified } = await register(callerOf(open.client, from), finish)
  return signedIn(open, user.id, methodsOf({ passkey, userVerified }))
}

/**
 * Allows what was asked for, and remembers that.
 *
 * @throws Problem interaction_unknown
 */
export async function allow(uid: string, cookies: Cookies): Promise<InteractionStep> {
  const open = await opened(uid, cookies, 'consent')
  const { server, interaction, client } = open
  const accountId = interaction.session?.accountId
  if (!accountId) throw unknown()
  const asked = askedOf(open)
  const grantId = await grantAll(new server.Grant({ accountId, clientId: client.id }), asked)
  const before = (await store.findConsent(accountId, client.id))?.scopes.split(' ') ?? []
  await store.saveConsent(accountId, client.id, [...new Set([...before, ...scopesOf(asked)])].join(' '))
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

async function find(uid: string, cookies: Cookies): Promise<Open | null> {
  if (!uid || signedCookie(cookies, cookieNames().interaction) !== uid) return null
  const server = await provider()
  const interaction = await server.Interaction.find(uid)
  const client = interaction && (await findClient(String(interaction.params.client_id)))
  if (!client) return null
  // Who is asked to allow something is whoever is signed in, still.
  const open = { server, interaction, client }
  return interaction.prompt.name !== 'consent' || (await stillSignedIn(open, cookies)) ? open : null
}

async function stillSignedIn({ server, interaction }: Open, cookies: Cookies): Promise<boolean> {
  const id = signedCookie(cookies, cookieNames().session)
  const session = id === undefined ? undefined : await server.Session.find(id)
  const { uid, accountId } = interaction.session ?? {}
  return accountId !== undefined && session?.uid === uid && session?.accountId === accountId
}

async function opened(uid: string, cookies: Cookies, prompt?: 'login' | 'consent'): Promise<Open> {
  const open = await find(uid, cookies)
  if (!open || (prompt && open.interaction.prompt.name !== prompt)) throw unknown()
  return open
}

async function openForAll(uid: string, cookies: Cookies): Promise<Open> {
  const open = await opened(uid, cookies, 'login')
  if (open.client.tenant.signUp) return open
  throw new Problem('sign_up_closed', 'New accounts are not made here. Ask whoever runs this service for one.')
}

/** The client in a ceremony of its tenant, which it answers for in the audit log. */
function callerOf({ id, name, tenant, environment }: RegisteredClient, from?: From): Caller {
  const place = { address: from?.address ?? null, requestId: from?.requestId ?? null }
  return onOwnPages(fullCaller(tenant, environment, { type: 'client', id, name, ...place }))
}

/** Whoever was signed in before is not any more: one browser is one person at a time. */
async function signedIn({ server, interaction }: Open, accountId: string, amr: string[]): Promise<InteractionStep> {
  const { session, params } = interaction
  if (session?.uid && session.accountId !== accountId) await signOutOf(server, session.uid)
  const acr = acrOf(amr, params.acr_values)
  return finished(interaction, { login: { accountId, amr, acr, ts: Math.floor(clock.now() / 1000) } })
}

async function finished(interaction: Interaction, result: Interaction['result']): Promise<InteractionStep> {
  interaction.result = { ...interaction.lastSubmission, ...result }
  await interaction.persist()
  return { location: interaction.returnTo }
}

function askedOf({ interaction, client }: Open): Asked {
  const { scope, resource } = interaction.params
  const scopes = typeof scope === 'string' ? scope.split(' ') : []
  const open = scopes.filter((one) => client.scopes.includes(one))
  const ofResource = open.filter((one) => !identityOf([one]).length && !ownScopes.includes(one as Scope))
  const resources = [resource].flat().filter((one) => typeof one === 'string')
  return { identity: identityOf(open), resources: Object.fromEntries(resources.map((one) => [one, ofResource])) }
}

/** Where an answer goes, in words that people know: the host, or an app's own scheme. */
function placeNameOf(redirectUri: string): string {
  const { host, protocol } = new URL(redirectUri)
  return host || protocol.slice(0, -1)
}

function unknown(): Problem {
  return new Problem(
    'interaction_unknown',
    'This sign-in is over, older than 15 minutes, or was begun in another browser. Go back to the app and begin again.',
  )
}
