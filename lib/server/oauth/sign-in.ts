import type { InteractionStep } from '#lib/contract/oauth.ts'
import type { AuthenticateBegun, RegisterBegun } from '#lib/contract/passkeys.ts'
import { clock } from '../clock.ts'
import { admit, networkOf } from '../limits/limits.ts'
import { beginAuthentication } from '../passkeys/begin-authentication.ts'
import { beginRegistration } from '../passkeys/begin-registration.ts'
import { signIn } from '../passkeys/finish-authentication.ts'
import { register } from '../passkeys/finish-registration.ts'
import { Problem } from '../problem.ts'
import { methodsOf } from '../tokens/tokens.ts'
import { onPage } from '../usage/ceremonies/on-page.ts'
import type { Cookies } from './cookies.ts'
import { finished, type Open, opened } from './open-interaction.ts'
import { callerOfClient, type From } from './own-pages.ts'
import { signOutOf } from './sessions.ts'

type Assertion = Parameters<typeof signIn>[1]
type Attestation = Parameters<typeof register>[1]

// Each tells of one name whether it is taken. People who share an address, and make their accounts together, are fewer.
const signUps = { requestsPerMinute: 30, concurrent: 30 }

/**
 * Begins a sign-in, for a username or for whoever comes with a passkey.
 *
 * @throws Problem interaction_unknown, user_unknown
 */
export async function beginSignIn(uid: string, cookies: Cookies, username?: string): Promise<AuthenticateBegun> {
  const { client } = await opened(uid, cookies, 'login')
  const caller = callerOfClient(client)
  return onPage(caller, 'passkeys.authenticate.begin', () => beginAuthentication(caller, { username }))
}

/**
 * Ends it.
 *
 * @throws Problem interaction_unknown, ceremony_unknown, verification_failed
 */
export async function finishSignIn(
  uid: string,
  cookies: Cookies,
  finish: Assertion,
  from: From,
): Promise<InteractionStep> {
  const open = await opened(uid, cookies, 'login')
  const caller = callerOfClient(open.client, from)
  const { user, passkey, userVerified } = await onPage(caller, 'passkeys.authenticate.finish', () =>
    signIn(caller, finish),
  )
  return signedIn(open, user.id, passkey, userVerified, from)
}

/**
 * Begins the registration of somebody new. Whether the name is taken, a test environment says at once; a live one when the
 * registration ends, and so many times from one place.
 *
 * @throws Problem interaction_unknown, sign_up_closed, user_exists in a test environment, rate_limited in a live one
 */
export async function beginSignUp(uid: string, cookies: Cookies, username: string, from: From): Promise<RegisterBegun> {
  const { client } = await openForAll(uid, cookies)
  const options = { authenticatorSelection: { residentKey: 'required' } } as const
  const newcomer = client.environment === 'live'
  if (newcomer) (await admit(`sign-up ${client.tenant.id} ${networkOf(from.address)}`, signUps)).release()
  const caller = callerOfClient(client)
  return onPage(caller, 'passkeys.register.begin', () => beginRegistration(caller, { username, options, newcomer }))
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
  const caller = callerOfClient(open.client, from)
  const step = () => register(caller, finish)
  const { user, passkey, userVerified } = await onPage(caller, 'passkeys.register.finish', step)
  return signedIn(open, user.id, passkey, userVerified, from)
}

async function openForAll(uid: string, cookies: Cookies): Promise<Open> {
  const open = await opened(uid, cookies, 'login')
  if (open.client.tenant.signUp) return open
  throw new Problem('sign_up_closed', 'New accounts are not made here. Ask whoever runs this service for one.')
}

/** Whoever was signed in before is not any more: one browser is one person at a time. */
async function signedIn(
  { server, interaction }: Open,
  accountId: string,
  passkey: { id: string; backupEligible: boolean },
  userVerified: boolean,
  { address, userAgent }: From,
): Promise<InteractionStep> {
  const { session } = interaction
  if (session?.uid && session.accountId !== accountId) await signOutOf(server, session.uid)
  const login = { accountId, amr: methodsOf({ passkey, userVerified }), ts: Math.floor(clock.now() / 1000) }
  return finished(interaction, { login: { ...login, passkeyId: passkey.id, address, userAgent } })
}
