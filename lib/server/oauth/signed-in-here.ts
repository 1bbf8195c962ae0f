import type { Place } from '../caller.ts'
import { findUserOf, placeOfUser, type User } from '../passkeys/user.ts'
import { Problem } from '../problem.ts'
import { type Cookies, cookieNames, signedCookie } from './cookies.ts'
import { provider } from './provider.ts'
import type { Session } from './sessions.ts'

/** Whoever is signed in in a browser. */
export interface Present {
  session: Session
  user: User
  place: Place
}

/** Whoever is signed in in the browser that has these cookies; null for nobody. */
export async function signedInHere(cookies: Cookies): Promise<Present | null> {
  const cookie = signedCookie(cookies, cookieNames().session)
  const session = cookie ? await (await provider()).Session.find(cookie) : undefined
  const place = session?.accountId ? await placeOfUser(session.accountId) : null
  const user = session?.accountId && place ? await findUserOf(place, session.accountId) : null
  return session && user && place ? { session, user, place } : null
}

/**
 * The same.
 *
 * @throws Problem session_required
 */
export async function present(cookies: Cookies): Promise<Present> {
  const found = await signedInHere(cookies)
  if (!found) throw new Problem('session_required', 'You are not signed in here, or not any more. Sign in again.')
  return found
}
