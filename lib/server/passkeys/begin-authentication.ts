import type { Action } from '#lib/contract/action.ts'
import type { AuthenticationOptions } from '#lib/contract/options.ts'
import type { AuthenticateBegun } from '#lib/contract/passkeys.ts'
import { type Caller, concerning, placeOf } from '../caller.ts'
import { Problem } from '../problem.ts'
import { relyingPartyOf } from '../tenants/relying-party.ts'
import { idsOf } from './begin-registration.ts'
import { begin, newChallenge } from './ceremony.ts'
import { challengeOf, commit } from './commitment.ts'
import { decoy, decoyTransports } from './decoy.ts'
import { refuseUnfit } from './new-username.ts'
import { findPasskeys, findUser } from './store.ts'
import { refuseOutsideTest } from './test-only.ts'

export interface AuthenticationRequest {
  /** Absent: whoever the chosen passkey belongs to. */
  username?: string | undefined
  options?: AuthenticationOptions | undefined
  /** What the assertion is for, where it is for one thing alone. */
  purpose?: string
  /** What the user is to approve: the challenge commits to it, and the user is verified whatever the options say. */
  action?: Action | undefined
}

/** The purpose of an approval that the caller asks for by itself. */
export const forApproval = 'approval'

/**
 * Begins an authentication, for a user or for whoever comes with a passkey.
 *
 * Credentials that are named without a username, and are all one user's, name that user: a security key that tells no user
 * handle can sign in, too. Where they are several people's the handle has to tell, and a test environment says so.
 *
 * For a user without a passkey a test environment says so; a live one answers as it would for one who has, and refuses
 * at the end.
 *
 * @throws Problem user_unknown; invalid_request where nobody can be called that, and for another RP ID in a live environment
 * @see https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialrequestoptions
 */
export async function beginAuthentication(caller: Caller, request: AuthenticationRequest): Promise<AuthenticateBegun> {
  const { username, options = {}, action, purpose = action ? forApproval : null } = request
  const { allowCredentials, rpId, ...chosen } = options
  refuseOutsideTest(caller, { rpId })
  const user = username === undefined ? null : await findUser(placeOf(caller), username)
  const known = user !== null && user.passkeys.length > 0
  if (username !== undefined && !known && caller.environment === 'test') {
    refuseUnfit(username)
    // The log has the name in the refusal's words; so it is found by it, too.
    concerning(caller, { id: null, username })
    throw new Problem('user_unknown', `${username} has no passkey in this environment. Register one first.`)
  }
  if (known) concerning(caller, user)
  const named = Array.isArray(allowCredentials) ? await lookUp(caller, allowCredentials) : undefined
  const registered = username === undefined ? [] : known ? user.passkeys : [decoy(caller, username)]
  const allowed = named?.descriptors ?? idsOf(allowCredentials, registered)
  const committed = action && commit(action)
  const publicKey = {
    challenge: committed ? challengeOf(committed) : newChallenge(),
    rpId: rpId ?? relyingPartyOf(caller.tenant).id,
    ...(allowed.length > 0 ? { allowCredentials: allowed } : {}),
    ...chosen,
    ...(committed ? { userVerification: 'required' as const } : {}),
  }
  // A named user binds the ceremony even where they do not exist: nobody else's passkey may finish it.
  const userId = username === undefined ? (named?.owner ?? null) : known ? user.id : 'nobody'
  const about = { kind: 'authentication', userId, username: username ?? null, purpose, ...committed } as const
  const begun = await begin(caller, about, publicKey)
  const notes = caller.environment === 'test' && named ? notesOn(named, username) : []
  return { ...begun, ...(notes.length > 0 ? { notes } : {}) }
}

type NamedCredential = Extract<AuthenticationOptions['allowCredentials'], unknown[]>[number]

interface Named {
  descriptors: ReturnType<typeof idsOf>
  /** The user that all of the registered ones belong to. */
  owner: string | undefined
  owners: number
  unknown: number
}

/**
 * What is known of credentials that a caller names. A live environment gives unknown ones transports, too: whoever may
 * send IDs here does not learn which of them are registered.
 */
async function lookUp(caller: Caller, asked: NamedCredential[]): Promise<Named> {
  const ids = asked.map((each) => (typeof each === 'string' ? each : each.id))
  const found = new Map((await findPasskeys(placeOf(caller), ids)).map((passkey) => [passkey.credentialId, passkey]))
  const unheard = (id: string) => (caller.environment === 'live' ? decoyTransports(caller, id) : '')
  const named = ids.map((id) => ({ credentialId: id, transports: found.get(id)?.transports ?? unheard(id) }))
  const owners = new Set([...found.values()].map(({ userId }) => userId))
  const [owner] = owners
  const descriptors = idsOf('registered', named).map((descriptor, at) => {
    const own = asked[at]
    return typeof own === 'object' && own.transports ? { ...descriptor, transports: own.transports } : descriptor
  })
  return {
    descriptors,
    owner: owners.size === 1 ? owner : undefined,
    owners: owners.size,
    unknown: ids.filter((id) => !found.has(id)).length,
  }
}

function notesOn({ descriptors, owners, unknown }: Named, username: string | undefined): string[] {
  const notes = []
  if (username === undefined && owners > 1) {
    notes.push(
      `allowCredentials names passkeys of ${owners} users, so that the response has to bring its user handle. A security key that tells none is refused: name the user, or one user’s passkeys.`,
    )
  }
  if (unknown > 0) {
    const count = `${unknown} of the ${descriptors.length} credentials in allowCredentials`
    notes.push(
      `${count} ${unknown === 1 ? 'is' : 'are'} not registered here: no sign-in with ${unknown === 1 ? 'it' : 'them'} is accepted.`,
    )
  }
  return notes
}
