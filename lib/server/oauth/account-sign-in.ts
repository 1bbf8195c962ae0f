import type { AuthenticateBegun } from '#lib/contract/passkeys.ts'
import { type Actor, fullCaller, type Place, system } from '../caller.ts'
import { clock } from '../clock.ts'
import { beginAuthentication } from '../passkeys/begin-authentication.ts'
import { moveTo } from '../passkeys/ceremony.ts'
import { signIn } from '../passkeys/finish-authentication.ts'
import { placeOfPasskey } from '../passkeys/user.ts'
import { actFor, consoleTenantId } from '../tenants/tenants.ts'
import { methodsOf } from '../tokens/tokens.ts'
import { sessionSeconds } from './configuration.ts'
import { type Cookies, cookieKeys, cookieNames } from './cookies.ts'
import { type From, onOwnPages } from './own-pages.ts'
import { provider } from './provider.ts'
import type { Session } from './sessions.ts'
import { present, signedInHere } from './signed-in-here.ts'

type Assertion = Parameters<typeof signIn>[1]

/** A sign-in here is begun by nobody in particular: whose tenant it is shows the passkey that comes. */
const anywhere: Place = { tenantId: 'tnt_account', environment: 'live' }

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
  Object.assign(session, { accountId: user.id, amr, loginTs, passkeyId: passkey.id, ...whence(from) })
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

function whence({ address, userAgent }: From) {
  return { address, userAgent }
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
    tierCeiling: 'standard',
  }
  const tenant = { ...nobody, id: anywhere.tenantId, slug: '', name: 'Account' }
  return onOwnPages(fullCaller(tenant, anywhere.environment, system))
}
