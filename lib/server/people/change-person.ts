import { record } from '../audit/audit.ts'
import { type Caller, placeOf } from '../caller.ts'
import { endSessions, revokeApp } from '../oauth/of-user/of-user.ts'
import { readUser } from '../passkeys/users/users.ts'
import { Problem } from '../problem.ts'

// What a member does to a user.

/**
 * Ends where a user is signed in: everywhere, or the one session of an id.
 *
 * @throws Problem not_found, of a session too; that nobody is signed in is no reason to refuse
 */
export async function endPersonsSessions(caller: Caller, userId: string, id?: string): Promise<void> {
  const user = await readUser(caller, userId)
  const ended = await endSessions(userId, id, (tx, sessionsEnded) =>
    record(tx, caller.actor, {
      ...{ ...placeOf(caller), action: 'user.sessions_ended', user, after: { sessionsEnded } },
      target: { id: userId, name: user.username },
    }),
  )
  if (id !== undefined && ended === 0) throw new Problem('not_found', 'No such session, or it has ended.')
}

/**
 * Takes an app's rights over a user away, with all that it was given.
 *
 * @throws Problem not_found
 */
export async function revokePersonsApp(caller: Caller, userId: string, clientId: string): Promise<void> {
  const user = await readUser(caller, userId)
  if (!(await revokeApp(placeOf(caller), user, clientId, caller.actor)))
    throw new Problem('not_found', 'This app has no rights of this user’s, or not any more.')
}
