import type { AuthenticationResponse } from '#lib/contract/passkeys.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type { UserVerification } from '#lib/webauthn/options.ts'
import { type Caller, concerning, explainsTo, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { relyingPartyOf } from '../tenants/relying-party.ts'
import { writesToCount } from '../usage/count.ts'
import { writeToTell } from '../webhooks/tell.ts'
import { wakeSender } from '../webhooks/wake.ts'
import type { StoredCeremony } from './ceremonies/store.ts'
import { find, take, unknownCeremony, userHandleIn, userHandleOf } from './ceremony.ts'
import { type Committed, challengeOf } from './commitment.ts'
import { refusal } from './explain.ts'
import { judgeAuthentication } from './judge-authentication.ts'
import { signedIn, signInRefused } from './sign-in-events.ts'
import { findPasskey, type StoredPasskey, touchPasskey } from './store.ts'

interface Options {
  rpId: string
  challenge: string
  allowCredentials?: { id: string }[]
  userVerification?: UserVerification
  extensions?: Record<string, unknown>
}

/** A credential as the browser gave it, for a ceremony that was begun. */
export interface Finish {
  ceremonyId: string
  credential: AuthenticationResponse
}

/** Who used which passkey, for what, and how that was seen. */
export interface Assertion<Made = unknown> {
  user: StoredPasskey['user']
  passkey: StoredPasskey
  userVerified: boolean
  /** What the assertion was asked for, where that was one thing alone. */
  purpose: string | null
  /** What the user approved by it, where it is an approval. */
  committed: Committed | null
  checks: Check[]
  made: Made
}

/** An assertion that is good, before anything of it is kept. */
export type Good = Pick<Assertion, 'user' | 'passkey' | 'userVerified' | 'committed'>

/**
 * Ends an authentication ceremony: who was there.
 *
 * Accepted only if no check fails, and SimpleWebAuthn refuses nothing but a listed difference; what is refused leaves the
 * passkey as it was, its counter too. Either way the ceremony is taken in the commit that settles it, before anybody is told:
 * of many at once one learns what comes of it, and to the others it is unknown.
 *
 * @param isFor whether what was begun for this purpose (null: to sign in) may end here; the rest is as good as unknown
 * @param audited whether the tenant's audit log tells of it, who was refused too
 * @param make makes what its answer brings, before anything is kept: nothing fails after that
 * @throws Problem ceremony_unknown, verification_failed (401)
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export async function assertion<Made>(
  caller: Caller,
  request: Finish,
  isFor: (purpose: string | null) => boolean,
  audited = false,
  make?: (good: Good) => Promise<Made>,
): Promise<Assertion<Made | undefined>> {
  const ceremony = await find(caller, request.ceremonyId, 'authentication')
  if (!isFor(ceremony.purpose)) {
    await take(ceremony)
    throw unknownCeremony('authentication')
  }
  const passkey = await findPasskey(placeOf(caller), request.credential.id)
  const { userId, username } = ceremony
  // Of a passkey that is somebody else's, the sign-in was still theirs who was named.
  if (userId === null || userId === passkey?.userId) concerning(caller, passkey?.user ?? { id: null, username: null })
  else if (userId !== 'nobody') concerning(caller, { id: userId, username })
  const { checks, authenticatorData } = await judge(caller, ceremony, request.credential, passkey)
  const refused = (checks: Check[]) => {
    // Nobody waits for it: a refusal takes no longer where there is somebody to write it down for.
    if (audited) void signInRefused(caller, ceremony, passkey, checks).catch(() => undefined)
    return refusal(caller, 'authentication', checks)
  }
  if (!passkey || !authenticatorData || checks.some((check) => check.outcome === 'fail')) {
    await take(ceremony)
    throw refused(checks)
  }
  const { signCount, flags } = authenticatorData
  const use = { signCount: BigInt(signCount), backedUp: flags.bs, lastUsedAt: new Date(clock.now()) }
  const { user } = passkey
  const told = writeToTell(placeOf(caller), 'passkey.authenticated', {
    passkeyId: passkey.id,
    name: passkey.name,
    userId: user.id,
    username: user.username,
  })
  const noted = audited && ceremony.purpose === null ? [told, signedIn(caller, passkey, flags.uv)] : [told]
  const good = { user, passkey: { ...passkey, ...use }, userVerified: flags.uv, committed: committedBy(ceremony) }
  const made = await make?.(good)
  // An approval is counted as another operation, once that is known.
  const counting = () => (good.committed ? [] : writesToCount(caller))
  const outcome = await touchPasskey(ceremony, placeOf(caller), passkey.id, use, noted, counting)
  if (outcome === 'ceremony_gone') throw unknownCeremony('authentication')
  if (outcome === 'overtaken') {
    const overtaken = {
      outcome: 'fail' as const,
      actual: `${signCount}, when another sign-in had used it or the passkey was deleted`,
    }
    throw refused(checks.map((check) => (check.id === 'sign-count' ? { ...check, ...overtaken } : check)))
  }
  wakeSender()
  return { ...good, purpose: ceremony.purpose, checks, made }
}

function judge(
  caller: Caller,
  ceremony: StoredCeremony,
  credential: AuthenticationResponse,
  passkey: StoredPasskey | null,
) {
  const options = JSON.parse(ceremony.options) as Options
  const committed = committedBy(ceremony)
  const { appid } = options.extensions ?? {}
  const expected = {
    challenge: options.challenge,
    origins: relyingPartyOf(caller.tenant).origins,
    rpId: options.rpId,
    appId: typeof appid === 'string' ? appid : undefined,
    userVerification: options.userVerification ?? ('preferred' as const),
    extensions: Object.keys(options.extensions ?? {}),
    allowCredentials: options.allowCredentials?.map(({ id }) => id) ?? [],
    user: ceremony.userId ? { id: ceremony.userId, handle: handleOf(ceremony.userId, passkey) } : null,
    commitment: committed ? { ...committed, challenge: challengeOf(committed) } : undefined,
  }
  return judgeAuthentication(
    credential,
    expected,
    passkey && { ...passkey, userHandle: userHandleIn(passkey), signCount: Number(passkey.signCount) },
    explainsTo(caller),
  )
}

/** The handle of a user who was named: the passkey's own, where it is theirs. */
function handleOf(userId: string, passkey: StoredPasskey | null): string {
  return passkey?.userId === userId ? userHandleIn(passkey) : userHandleOf(userId)
}

function committedBy({ action, salt }: StoredCeremony): Committed | null {
  return action !== null && salt !== null ? { action, salt } : null
}
