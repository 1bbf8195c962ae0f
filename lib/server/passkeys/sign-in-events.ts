import type { Check } from '#lib/webauthn/checks/check.ts'
import { recordAlone, type Write, writeToRecord } from '../audit/audit.ts'
import { type Actor, type Caller, placeOf } from '../caller.ts'
import { isWithin } from '../limits/limits.ts'
import type { StoredCeremony } from './ceremonies/store.ts'
import type { StoredPasskey } from './store.ts'
import { findUserOf, type User } from './user.ts'

// What the audit log tells of sign-ins.

/** So many refused sign-ins of one user are written down in a minute; whoever asks for more fills no log. */
const refusedPerMinute = 5

/** What writes down that somebody signed in, for the commit that notes the use of their passkey. */
export function signedIn(caller: Caller, { id, name, user }: StoredPasskey, userVerified: boolean): Write {
  const { address, requestId } = caller.actor
  const actor: Actor = { type: 'user', id: user.id, name: user.username, address, requestId }
  const after = { ...throughOf(caller), userVerified }
  return writeToRecord(actor, { ...placeOf(caller), action: 'user.signed_in', target: { id, name }, after })
}

/**
 * Writes down that a sign-in was refused, where it is known whose it would have been: the user who was named, else the one of
 * the passkey that came. Five in a minute for each user, and no more.
 */
export async function signInRefused(
  caller: Caller,
  { userId }: StoredCeremony,
  passkey: StoredPasskey | null,
  checks: readonly Check[],
): Promise<void> {
  const user = await userOf(caller, userId, passkey)
  if (!user || !(await isWithin(`refused sign-ins ${user.id}`, refusedPerMinute))) return
  const target = passkey?.userId === user.id ? passkey : { id: user.id, name: user.username }
  const reason = checks.find(({ outcome }) => outcome === 'fail')?.id ?? 'verification_failed'
  await recordAlone(caller.actor, {
    ...placeOf(caller),
    action: 'user.sign_in_refused',
    target: { id: target.id, name: target.name },
    user,
    after: { reason },
  })
}

function userOf(
  caller: Caller,
  userId: string | null,
  passkey: StoredPasskey | null,
): Pick<User, 'id' | 'username'> | null | Promise<User | null> {
  if (userId === null) return passkey?.user ?? null
  return passkey?.userId === userId ? passkey.user : findUserOf(placeOf(caller), userId)
}

/** What the user signed in through: an API key, an OAuth app, or the page of their own account. */
function throughOf({ actor: { type, id, name } }: Caller): object {
  if (type === 'key') return { key: name, keyId: id }
  return type === 'client' ? { app: name, clientId: id } : { page: 'account' }
}
