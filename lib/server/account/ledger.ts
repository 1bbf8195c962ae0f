import { tell } from '../webhooks/tell.ts'
import { type Movement, post, type StoredAccount, setAlert, type Transaction } from './store.ts'

export type { Transaction }

/**
 * Moves money of an account that this transaction has locked, and tells the tenant where that leaves less than they want
 * to have. Gives the account as it is then.
 */
export async function move(tx: Transaction, account: StoredAccount, movement: Movement): Promise<StoredAccount> {
  return noteBalance(tx, await post(tx, account, movement))
}

/**
 * Tells once that the balance is below what the tenant wants to have: again only after it was back. What is held counts with
 * it, so that a run which fails, and gives its money back, tells nothing.
 */
export async function noteBalance(tx: Transaction, account: StoredAccount): Promise<StoredAccount> {
  const { available, reserved, alertBelow, alerted } = account
  const isLow = alertBelow !== null && available + reserved < alertBelow
  if (isLow === alerted) return account
  if (isLow) {
    await tell(tx, account, 'account.balance_low', { balance: available, threshold: alertBelow, currency: 'USD' })
  }
  return setAlert(tx, account, { alerted: isLow })
}
