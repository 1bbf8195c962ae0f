import type { AuthenticateFinished, AuthenticationResponse } from '#lib/contract/passkeys.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import type { UserVerification } from '#lib/webauthn/options.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { relyingPartyOf } from '../tenants/relying-party.ts'
import { issue } from '../tokens/tokens.ts'
import type { StoredCeremony } from './ceremonies/store.ts'
import { take, userHandleOf } from './ceremony.ts'
import { refusal, visibleChecks } from './explain.ts'
import { judgeAuthentication } from './judge-authentication.ts'
import { findPasskey, type StoredPasskey, touchPasskey } from './store.ts'
import { passkeyView, userView } from './view.ts'

interface Options {
  rpId: string
  challenge: string
  allowCredentials?: { id: string }[]
  userVerification?: UserVerification
  extensions?: Record<string, unknown>
}

interface Finish {
  ceremonyId: string
  credential: AuthenticationResponse
}

/** Who signed in, with which passkey, and how that was seen. */
interface SignIn {
  user: StoredPasskey['user']
  passkey: StoredPasskey
  userVerified: boolean
  /** What the assertion was asked for, where that was one thing alone. */
  purpose: string | null
  checks: Check[]
}

/**
 * Ends an authentication ceremony and issues the user's token.
 *
 * @throws Problem ceremony_unknown, verification_failed (401)
 */
export async function finishAuthentication(caller: Caller, request: Finish): Promise<AuthenticateFinished> {
  const { user, passkey, userVerified, checks } = await signIn(caller, request)
  const { token, expiresIn } = await issue(caller, { user, passkey, userVerified })
  return {
    token,
    tokenType: 'Bearer',
    expiresIn,
    user: userView(user),
    passkey: passkeyView(passkey),
    tenant: { id: caller.tenant.id, name: caller.tenant.name },
    checks: visibleChecks(caller, checks),
  }
}

/**
 * Ends an authentication ceremony: who signed in.
 *
 * Accepted only if no check fails, and SimpleWebAuthn refuses nothing but a listed difference; what is refused leaves the
 * passkey as it was, its counter too.
 *
 * @throws Problem ceremony_unknown, verification_failed (401)
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export async function signIn(caller: Caller, request: Finish): Promise<SignIn> {
  const ceremony = await take(caller, request.ceremonyId, 'authentication')
  const passkey = await findPasskey(placeOf(caller), request.credential.id)
  const { checks, authenticatorData } = await judge(caller, ceremony, request.credential, passkey)
  if (!passkey || !authenticatorData || checks.some((check) => check.outcome === 'fail')) {
    throw refusal(caller, 'authentication', checks)
  }
  const { signCount, flags } = authenticatorData
  const use = { signCount: BigInt(signCount), backedUp: flags.bs, lastUsedAt: new Date(clock.now()) }
  if (!(await touchPasskey(placeOf(caller), passkey.id, use))) {
    const overtaken = {
      outcome: 'fail' as const,
      actual: `${signCount}, when another sign-in had used it or the passkey was deleted`,
    }
    throw refusal(
      caller,
      'authentication',
      checks.map((check) => (check.id === 'sign-count' ? { ...check, ...overtaken } : check)),
    )
  }
  return {
    user: passkey.user,
    passkey: { ...passkey, ...use },
    userVerified: flags.uv,
    purpose: ceremony.purpose,
    checks,
  }
}

function judge(
  caller: Caller,
  ceremony: StoredCeremony,
  credential: AuthenticationResponse,
  passkey: StoredPasskey | null,
) {
  const options = JSON.parse(ceremony.options) as Options
  const expected = {
    challenge: options.challenge,
    origins: relyingPartyOf(caller.tenant).origins,
    rpId: options.rpId,
    userVerification: options.userVerification ?? ('preferred' as const),
    extensions: Object.keys(options.extensions ?? {}),
    allowCredentials: options.allowCredentials?.map(({ id }) => id) ?? [],
    user: ceremony.userId ? { id: ceremony.userId, handle: userHandleOf(ceremony.userId) } : null,
  }
  return judgeAuthentication(
    credential,
    expected,
    passkey && { ...passkey, userHandle: userHandleOf(passkey.userId), signCount: Number(passkey.signCount) },
  )
}
