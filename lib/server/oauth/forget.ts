import type { Place } from '../caller.ts'
import { tellEnded } from './grant-events.ts'
import { removeConsentsOf, removeOfClient, removeOfPasskey, type StoredGrant, type Transaction } from './store.ts'

// What other domains end here, in a transaction that is open.

export type { StoredGrant }
export { tellEnded }

/** Ends all that a client was given: codes, tokens, grants, and what users allowed it; webhooks are told of each grant. */
export async function forgetClient(tx: Transaction, place: Place, clientId: string): Promise<void> {
  await tellEnded(tx, place, await removeOfClient(tx, clientId))
}

/**
 * Ends the sessions and grants that a passkey signed in, and all that the grants gave: how many sessions were good until
 * then, and which grants.
 */
export function endOAuthOf(tx: Transaction, passkeyId: string): Promise<{ sessions: number; grants: StoredGrant[] }> {
  return removeOfPasskey(tx, passkeyId)
}

/** Forgets what a user allowed apps. */
export function forgetConsents(tx: Transaction, userId: string): Promise<void> {
  return removeConsentsOf(tx, userId)
}
