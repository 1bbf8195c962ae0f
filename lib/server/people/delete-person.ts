import type { Caller } from '../caller.ts'
import { freezeMpcKeysOf } from '../mpc/tenant-keys.ts'
import { type PasskeyRemoved, remove, removeOf } from '../passkeys/manage.ts'
import { deleteUser, readUser } from '../passkeys/users/users.ts'
import { Problem } from '../problem.ts'

// Whoever deletes a user, by a key or in the Console, and by their id or with their last passkey: their MPC keys are frozen,
// so that tokens that were given out sign nothing, either. Where no MPC server answers, the user is deleted all the same.

/**
 * Deletes a user, whose MPC keys are frozen first.
 *
 * @throws Problem not_found, also for one who was deleted already; insufficient_scope
 */
export async function deletePerson(caller: Caller, userId: string): Promise<void> {
  await readUser(caller, userId)
  await freeze(caller, userId)
  await deleteUser(caller, userId)
}

/**
 * Deletes a passkey, for whoever may: with the last one its user. That it was the last is known for sure once it is gone.
 *
 * @throws Problem not_found, insufficient_scope, token_invalid
 */
export async function deletePasskey(caller: Caller, id: string, userToken?: string): Promise<void> {
  await after(caller, await remove(caller, id, userToken))
}

/**
 * The same of a user who is named.
 *
 * @throws Problem not_found
 */
export async function deletePersonsPasskey(caller: Caller, userId: string, id: string): Promise<void> {
  await after(caller, await removeOf(caller, id, userId))
}

async function after(caller: Caller, { userId, userGone }: PasskeyRemoved): Promise<void> {
  if (userGone) await freeze(caller, userId)
}

async function freeze(caller: Caller, userId: string): Promise<void> {
  await freezeMpcKeysOf(caller, userId).catch((error) => {
    if (!(error instanceof Problem)) throw error
  })
}
