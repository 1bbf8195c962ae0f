import type { Passkey } from '#lib/contract/passkeys.ts'
import { type Caller, placeOf } from '../caller.ts'
import { Problem } from '../problem.ts'
import { countPasskeys, listPasskeys, removePasskey, removeUser, type Transaction } from './store.ts'
import { passkeyView } from './view.ts'

// A user's passkeys, for those who know already who the user is.

/** The passkeys of a user, oldest first, at most 100. */
export async function ownPasskeys(caller: Caller, userId: string): Promise<Passkey[]> {
  return (await listPasskeys(placeOf(caller), { userId }, 100)).map(passkeyView)
}

/**
 * Forgets one of a user's passkeys, but never the last.
 *
 * @param within what is kept together with that, or not at all
 * @throws Problem not_found, invalid_request for the last one
 */
export async function removeOwn(
  caller: Caller,
  userId: string,
  id: string,
  within: (tx: Transaction) => Promise<void>,
): Promise<void> {
  const removed = await removePasskey(placeOf(caller), id, userId, within, true)
  if (!removed) throw new Problem('not_found', 'No such passkey of yours.')
  if (removed === 'last') {
    const message = 'is your only passkey: add another first'
    throw new Problem('invalid_request', `This ${message}.`, { issues: [{ path: 'id', message }] })
  }
}

/** Forgets a user and all their passkeys, in a transaction that is open. */
export function forgetUser(tx: Transaction, userId: string): Promise<void> {
  return removeUser(tx, userId)
}

/** How many passkeys the users of a tenant have, in both environments. */
export function passkeysOf(tenantId: string): Promise<number> {
  return countPasskeys(tenantId)
}
