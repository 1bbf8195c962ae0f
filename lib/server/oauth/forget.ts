import { removeConsentsOf, removeOfClient, removeOfPasskey, type Transaction } from './store.ts'

// What other domains end here, in a transaction that is open.

/** Ends all that a client was given: codes, tokens, grants, and what users allowed it. */
export function forgetClient(tx: Transaction, clientId: string): Promise<void> {
  return removeOfClient(tx, clientId)
}

/**
 * Ends the sessions and grants that a passkey signed in, and all that the grants gave: of each, how many were good until
 * then.
 */
export function endOAuthOf(tx: Transaction, passkeyId: string): Promise<{ sessions: number; grants: number }> {
  return removeOfPasskey(tx, passkeyId)
}

/** Forgets what a user allowed apps. */
export function forgetConsents(tx: Transaction, userId: string): Promise<void> {
  return removeConsentsOf(tx, userId)
}
