import { removeOfClient, type Transaction } from './store.ts'

/** Ends all that a client was given: codes, tokens, grants, and what users allowed it; in a transaction that is open. */
export function forgetClient(tx: Transaction, clientId: string): Promise<void> {
  return removeOfClient(tx, clientId)
}
