import type {
  AuthenticateBegun,
  AuthenticationResponse,
  RegisterBegun,
  RegistrationResponse,
} from '#lib/contract/passkeys.ts'
import { type Role, roles } from '#lib/contract/roles.ts'
import { record } from '../audit/audit.ts'
import { clock } from '../clock.ts'
import { newId, randomText } from '../ids.ts'
import { assertion } from '../passkeys/assertion.ts'
import { beginAuthentication } from '../passkeys/begin-authentication.ts'
import { beginRegistration } from '../passkeys/begin-registration.ts'
import { signIn } from '../passkeys/finish-authentication.ts'
import { finishRegistration } from '../passkeys/finish-registration.ts'
import { Problem } from '../problem.ts'
import { findInvitation } from './invitations.ts'
import { recordInEach } from './memberships/memberships.ts'
import { consoleCaller } from './place.ts'
import { beginSession, type NewSession, purposeOf, type SignedIn, type Visitor } from './sessions.ts'
import * as store from './store.ts'
import { memberNamed, takenName } from './taken-name.ts'

// The Console signs people in with the ceremonies that it is a console of. It asks for user verification: who holds the
// device is not enough.

interface Finish<Credential> {
  ceremonyId: string
  credential: Credential
}

const registration = { authenticatorSelection: { residentKey: 'required', userVerification: 'required' } } as const
const authentication = { userVerification: 'required' } as const

/**
 * Begins the registration of an invited member's first passkey.
 *
 * @throws Problem invitation_invalid, invalid_request for a name that another member has
 */
export async function beginJoin(token: string, name: string): Promise<RegisterBegun> {
  const { tenant } = await findInvitation(token)
  if (await memberNamed(tenant.id, name)) throw takenName(name)
  const caller = await consoleCaller()
  const begin = (username: string) =>
    beginRegistration(caller, { username, made: true, displayName: name, options: registration })
  const username = usernameOf(name, tenant.slug)
  return begin(username).catch((error) => {
    if (!(error instanceof Problem) || error.code !== 'user_exists') throw error
    // Of somebody who was a member here, and is one elsewhere still.
    return begin(`${username}#${randomText(4)}`)
  })
}

/**
 * Ends it: the passkey, the member and their first session come to be together, and the invitation is used up.
 *
 * @throws Problem invitation_invalid, ceremony_unknown, verification_failed, passkey_exists, user_exists
 */
export async function finishJoin(
  token: string,
  finish: Finish<RegistrationResponse>,
  visitor: Visitor,
): Promise<NewSession> {
  let began: NewSession | undefined
  const { tenantId } = await findInvitation(token)
  await finishRegistration(await consoleCaller(), finish, async (tx, user, passkey) => {
    await store.lockPlace(tx, { tenantId })
    const invitation = await findInvitation(token, tx)
    const { tenant } = invitation
    const name = user.displayName
    const username = usernameOf(name, tenant.slug)
    if (user.username !== username && !user.username.startsWith(`${username}#`)) {
      throw new Problem('ceremony_unknown', 'This registration was begun with another invitation. Begin again.')
    }
    if (await memberNamed(tenant.id, name, tx)) throw takenName(name)
    const member = await store.admit(tx, invitation.id, {
      id: newId('mem'),
      tenantId: tenant.id,
      userId: user.id,
      name,
      role: invitation.role,
    })
    const actor = {
      type: 'member' as const,
      id: member.id,
      name,
      address: visitor.address ?? null,
      requestId: visitor.requestId,
    }
    const target = { id: member.id, name }
    await record(tx, actor, {
      tenantId: tenant.id,
      action: 'member.joined',
      target,
      after: { role: roles[member.role as Role].name, invitedBy: invitation.invitedBy },
    })
    began = await beginSession(member, passkey.id, tenant, visitor, tx)
  })
  return began as NewSession
}

/** Begins a sign-in, for whichever member comes with a passkey. */
export async function beginSignIn(): Promise<AuthenticateBegun> {
  return beginAuthentication(await consoleCaller(), { options: authentication })
}

/**
 * Ends it with a session.
 *
 * @throws Problem ceremony_unknown also for a confirmation, verification_failed
 */
export async function finishSignIn(finish: Finish<AuthenticationResponse>, visitor: Visitor): Promise<NewSession> {
  const { user, passkey } = await signIn(await consoleCaller(), finish, false)
  const member = await store.findMember(user.id)
  const began = member && (await beginSession(member, passkey.id, member.tenant, visitor))
  if (!began) throw new Problem('verification_failed', 'The credential was not accepted.', { status: 401 })
  return began
}

/**
 * Begins the assertion that confirms a change, with one of the member's own passkeys.
 *
 * @param change its name: the method and the path of its request
 * @param body what the request will say
 */
export async function beginConfirmation(signedIn: SignedIn, change: string, body?: object): Promise<AuthenticateBegun> {
  const { username } = signedIn.member
  const purpose = purposeOf(signedIn, change, body)
  return beginAuthentication(await consoleCaller(), { username, options: authentication, purpose })
}

/**
 * Ends it: the change that it was begun for is confirmed, once, within two minutes.
 *
 * @throws Problem ceremony_unknown also for a sign-in, verification_failed also for another member's passkey
 */
export async function finishConfirmation(signedIn: SignedIn, finish: Finish<AuthenticationResponse>): Promise<void> {
  const { user, passkey, purpose } = await assertion(await consoleCaller(), finish, (purpose) => purpose !== null)
  if (user.id !== signedIn.member.userId) {
    throw new Problem('verification_failed', 'The credential was not accepted.', { status: 401 })
  }
  const confirmation = { confirmedAt: new Date(clock.now()), confirmedBy: passkey.id, confirmedFor: String(purpose) }
  await store.confirmSession(signedIn.sessionId, confirmation)
}

/** Begins the registration of a further passkey of the member's own, which another one of theirs allowed. */
export async function beginPasskey({ member: { username } }: SignedIn, allowedBy: string): Promise<RegisterBegun> {
  return beginRegistration(await consoleCaller('passkeys:manage'), { username, options: registration, allowedBy })
}

/**
 * Ends it.
 *
 * @throws Problem ceremony_unknown, verification_failed, passkey_exists, token_invalid where the passkey that allowed it is
 *   gone
 */
export async function finishPasskey(signedIn: SignedIn, finish: Finish<RegistrationResponse>): Promise<void> {
  const { member } = signedIn
  await finishRegistration(await consoleCaller('passkeys:manage'), finish, async (tx, user) => {
    if (user.id !== member.userId)
      throw new Problem('ceremony_unknown', 'This registration is another member’s. Begin again.')
    await recordInEach(tx, signedIn, { action: 'member.passkey_added' })
  })
}

/** A new person's: names are unique within a tenant, usernames within the Console. It stays where they join other tenants. */
function usernameOf(name: string, slug: string): string {
  return `${name}@${slug}`
}
