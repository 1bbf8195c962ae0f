import type { AccountView } from '#lib/contract/oauth.ts'
import { type OAuthScope, wordsOf, wordsOfResource } from '#lib/contract/oauth-scopes.ts'
import type { AuthenticateBegun } from '#lib/contract/passkeys.ts'
import { type Actor, fullCaller, type Place, system } from '../caller.ts'
import { findClient } from '../clients/find-client.ts'
import { clock } from '../clock.ts'
import { beginAuthentication } from '../passkeys/begin-authentication.ts'
import { moveTo } from '../passkeys/ceremony.ts'
import { signIn } from '../passkeys/finish-authentication.ts'
import { findUserOf, placeOfPasskey, placeOfUser } from '../passkeys/user.ts'
import { Problem } from '../problem.ts'
import { actFor, consoleTenantId } from '../tenants/tenants.ts'
import { methodsOf } from '../tokens/tokens.ts'
import { markOf, pageBrandingOf } from './about.ts'
import { sessionSeconds } from './configuration.ts'
import { type Cookies, cookieKeys, cookieNames, signedCookie } from './cookies.ts'
import { tellEnded } from './grant-events.ts'
import { endedByUser } from './grants-ended.ts'
import { type From, onOwnPages } from './own-pages.ts'
import { provider } from './provider.ts'
import type { Session } from './sessions.ts'
import * as store from './store.ts'

// What a user let apps do, and how they take it back. Whose browser it is says the session of the authorization server.

type Assertion = Parameters<typeof signIn>[1]

/** A sign-in here is begun by nobody in particular: whose tenant it is shows the passkey that comes. */
const anywhere: Place = { tenantId: 'tnt_account', environment: 'live' }

/** The page of whoever is signed in; null for nobody. */
export async function readAccount(cookies: Cookies): Promise<AccountView | null> {
  const found = await signedInHere(cookies)
  if (!found) return null
  const { userId, place } = found
  const user = await findUserOf(place, userId)
  if (!user) return null
  const { tenant } = await actFor(place.tenantId, place.environment)
  const consents = Object.groupBy(await store.listConsents(userId), ({ clientId }) => clientId)
  const grants = await Promise.all(
    Object.entries(consents).map(async ([clientId, rows = []]) => {
      const client = await findClient(clientId)
      const [createdAt] = rows.map((row) => row.createdAt.toISOString()).sort()
      const [updatedAt] = rows.map((row) => row.updatedAt.toISOString())
      if (!client || !createdAt || !updatedAt) return null
      const scopes = rows
        .toSorted((one, other) => (one.resource < other.resource ? -1 : 1))
        .flatMap(({ resource, scopes }) =>
          scopes.split(' ').map((scope) => ({
            scope,
            words: wordsOf(scope as OAuthScope),
            at: resource ? wordsOfResource(resource) : null,
          })),
        )
      return { clientId, client: markOf(client), scopes, createdAt, updatedAt }
    }),
  )
  return {
    user: { username: user.username, displayName: user.displayName },
    tenant: pageBrandingOf(tenant),
    environment: place.environment,
    grants: grants.filter((grant) => grant !== null),
  }
}

/**
 * Takes an app's rights away: what it was given for this user ends, and it has to ask again.
 *
 * @throws Problem session_required, not_found
 */
export async function revokeGrant(cookies: Cookies, clientId: string, from: From): Promise<void> {
  const { userId, place } = await present(cookies)
  const noted = await endedByUser(place, userId, clientId, from)
  const ended: store.Ended = async (tx, grants) => {
    await tellEnded(tx, place, grants)
    await noted(tx, grants)
  }
  if (!(await store.removeConsent(userId, clientId, ended))) {
    throw new Problem('not_found', 'This app has no rights of yours, or not any more.')
  }
}

/** Begins a sign-in for whoever comes with a passkey of this server's own RP ID. */
export async function beginAccountSignIn(): Promise<AuthenticateBegun> {
  return beginAuthentication(anybody(), { options: { userVerification: 'preferred' } })
}

/** A session that just began: its cookie and the signature beside it, each by its name. */
export interface NewSession {
  cookies: [name: string, value: string][]
  maxAge: number
}

/**
 * Ends it. A session that the browser had before ends, too.
 *
 * @throws Problem ceremony_unknown, verification_failed
 */
export async function finishAccountSignIn(cookies: Cookies, finish: Assertion, from: From): Promise<NewSession> {
  const { id, response } = finish.credential
  const found = response.userHandle ? await placeOfPasskey(id, response.userHandle) : null
  // The Console's members have their own way in.
  const place = found?.tenantId === consoleTenantId ? null : found
  // Whoever is nobody's user is refused by the same ceremony, in the place where it began.
  if (place) await moveTo(place, finish.ceremonyId, anywhere)
  const caller = place ? onOwnPages(await actFor(place.tenantId, place.environment, comingFrom(from))) : anybody()
  const { user, passkey, userVerified } = await signIn(caller, finish)
  const server = await provider()
  const session: Session = new server.Session()
  const amr = methodsOf({ passkey, userVerified })
  const loginTs = Math.floor(clock.now() / 1000)
  Object.assign(session, { accountId: user.id, amr, loginTs, passkeyId: passkey.id })
  await session.save(sessionSeconds)
  await (await signedInHere(cookies))?.session.destroy()
  const { session: name } = cookieNames()
  const signature = cookieKeys.sign(`${name}=${session.jti}`)
  return {
    cookies: [
      [name, session.jti],
      [`${name}.sig`, signature],
    ],
    maxAge: sessionSeconds,
  }
}

/**
 * Ends the session.
 *
 * @throws Problem session_required
 */
export async function signOut(cookies: Cookies): Promise<void> {
  await (await present(cookies)).session.destroy()
}

function comingFrom({ address, requestId }: From): Actor {
  return { ...system, address: address ?? null, requestId }
}

function anybody() {
  const nobody = {
    rpId: null,
    rpName: null,
    origins: null,
    brandName: null,
    brandColor: null,
    logoUrl: null,
    monthlyQuota: null,
  }
  const tenant = { ...nobody, id: anywhere.tenantId, slug: '', name: 'Account' }
  return onOwnPages(fullCaller(tenant, anywhere.environment, system))
}

async function present(cookies: Cookies) {
  const found = await signedInHere(cookies)
  if (!found) throw new Problem('session_required', 'You are not signed in here, or not any more. Sign in again.')
  return found
}

async function signedInHere(cookies: Cookies): Promise<{ session: Session; userId: string; place: Place } | null> {
  const cookie = signedCookie(cookies, cookieNames().session)
  const session = cookie ? await (await provider()).Session.find(cookie) : undefined
  const place = session?.accountId ? await placeOfUser(session.accountId) : null
  return session?.accountId && place ? { session, userId: session.accountId, place } : null
}
