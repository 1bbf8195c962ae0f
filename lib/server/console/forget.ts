import { removeSessionsOf, type Transaction } from './store.ts'

/** Ends the Console's sessions that a passkey signed in, in a transaction that is open: how many were good until then. */
export function endConsoleSessionsOf(tx: Transaction, passkeyId: string): Promise<number> {
  return removeSessionsOf(tx, passkeyId)
}
