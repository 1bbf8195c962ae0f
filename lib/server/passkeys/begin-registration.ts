import type { RegistrationOptions } from '#lib/contract/options.ts'
import type { RegisterBegun } from '#lib/contract/passkeys.ts'
import { defaultAlgorithms } from '#lib/webauthn/options.ts'
import { administers, type Caller, concerning, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { newId } from '../ids.ts'
import { Problem } from '../problem.ts'
import { relyingPartyOf } from '../tenants/relying-party.ts'
import type { NewCeremony } from './ceremonies/store.ts'
import { begin, newChallenge, userHandleOf } from './ceremony.ts'
import { refuseUnfit } from './new-username.ts'
import { findUser } from './store.ts'
import { refuseOutsideTest } from './test-only.ts'
import { userOfToken } from './user-token.ts'

const freshSeconds = 300

export interface RegistrationRequest {
  username: string
  displayName?: string | undefined
  options?: RegistrationOptions | undefined
  /** What the browser is called with: with `conditional`, nobody need be present. */
  mediation?: string | undefined
  /** The username is this server's own making, of parts that were looked at. */
  made?: boolean | undefined
  /** Whether it is for somebody new, whoever has the name: that this is taken shows when the registration ends. */
  newcomer?: boolean
  /** The user's own token, where they have one. */
  userToken?: string | undefined
  /** The passkey whose assertion allowed a further one, of a caller who may add any. */
  allowedBy?: string | undefined
}

/**
 * Begins a registration. What the caller did not choose stays unset where WebAuthn has a default; what was chosen arrives
 * unchanged. Another RP ID, or another user handle, is for a test environment.
 *
 * @throws Problem invalid_request for those in a live one, and for a new user’s name that could be taken for another;
 *   user_exists for a user with a passkey, unless their own fresh token or `passkeys:manage` allows another; token_invalid
 * @see https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialcreationoptions
 */
export async function beginRegistration(caller: Caller, request: RegistrationRequest): Promise<RegisterBegun> {
  const { username, options = {}, mediation = null } = request
  refuseOutsideTest(caller, { 'rp.id': options.rp?.id, 'user.id': options.user?.id })
  const user = request.newcomer ? null : await findUser(placeOf(caller), username)
  if (!user && !request.made) refuseUnfit(username)
  concerning(caller, { id: user?.id ?? null, username })
  const allowance = await allowanceOf(caller, request, user)
  const userId = user?.id ?? newId('usr')
  const displayName = request.displayName ?? user?.displayName ?? username
  const { pubKeyCredParams = defaultAlgorithms, excludeCredentials, rp, user: account, ...chosen } = options
  const excluded = idsOf(excludeCredentials, user?.passkeys ?? [])
  const { id, name } = relyingPartyOf(caller.tenant)
  const publicKey = {
    rp: { id: rp?.id ?? id, name },
    user: { id: account?.id ?? userHandleOf(userId), name: username, displayName },
    challenge: newChallenge(),
    pubKeyCredParams: pubKeyCredParams.map((alg) => ({ type: 'public-key' as const, alg })),
    ...(excluded.length > 0 ? { excludeCredentials: excluded } : {}),
    ...chosen,
  }
  return begin(caller, { kind: 'registration', userId, username, displayName, mediation, ...allowance }, publicKey)
}

/** Credential descriptors for a choice of credentials: the registered ones (with their transports), none, or those named. */
export function idsOf(
  choice: RegistrationOptions['excludeCredentials'],
  registered: { credentialId: string; transports: string }[],
): { type: 'public-key'; id: string; transports?: string[] }[] {
  if (choice === 'none') return []
  if (Array.isArray(choice)) {
    return choice.map((named) => ({ type: 'public-key', ...(typeof named === 'string' ? { id: named } : named) }))
  }
  return registered.map(({ credentialId, transports }) => ({
    type: 'public-key',
    id: credentialId,
    ...(transports ? { transports: transports.split(' ') } : {}),
  }))
}

/** Whether a user who has a passkey may add one, and by which; no for a user who has none, since they need no permission. */
async function allowanceOf(
  caller: Caller,
  { userToken, allowedBy }: RegistrationRequest,
  user: Awaited<ReturnType<typeof findUser>>,
): Promise<Pick<NewCeremony, 'further' | 'allowedBy'>> {
  const token = userToken === undefined ? undefined : await userOfToken(caller, userToken)
  if (!user?.passkeys.length) return { further: false, allowedBy: null }
  if (administers(caller, 'passkeys:manage')) return { further: true, allowedBy: allowedBy ?? null }
  const own = token?.userId === user.id
  if (own && Math.abs(clock.now() / 1000 - token.authTime) <= freshSeconds)
    return { further: true, allowedBy: token.passkeyId }
  throw new Problem(
    'user_exists',
    own
      ? `${user.username} signed in more than five minutes ago. Authenticate again, then add the passkey.`
      : `${user.username} already has a passkey here. Authenticate as ${user.username} first to add another, or choose another username.`,
  )
}
