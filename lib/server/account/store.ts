import type { TransactionType } from '#lib/contract/account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { Place } from '../caller.ts'
import { clock } from '../clock.ts'
import { database, type Transaction, transaction } from '../db/database.ts'
import { newId } from '../ids.ts'

export type { Transaction }

export interface StoredAccount extends Place {
  available: number
  reserved: number
  sequence: number
  alertBelow: number | null
  alerted: boolean
}

/** Where money is: the tenant's own two, and what lies beyond them. */
type LedgerAccount = 'available' | 'reserved' | 'funding' | 'revenue'

/** From where to where each kind of transaction moves money. */
export const ways: Record<TransactionType, { from: LedgerAccount; to: LedgerAccount }> = {
  top_up: { from: 'funding', to: 'available' },
  reservation: { from: 'available', to: 'reserved' },
  charge: { from: 'reserved', to: 'revenue' },
  release: { from: 'reserved', to: 'available' },
}

export interface Movement {
  type: TransactionType
  amount: number
  /** The top-up or the run. */
  sourceId: string
}

/**
 * A place's account, for a transaction that moves its money: until that ends, whoever else asks for it waits. Where nothing
 * was moved yet, it is made.
 */
export async function lock(tx: Transaction, { tenantId, environment }: Place): Promise<StoredAccount> {
  await tx.$executeRaw`
    INSERT INTO "Account" ("tenantId", "environment") VALUES (${tenantId}, ${environment})
    ON CONFLICT ("tenantId", "environment") DO UPDATE SET "sequence" = "Account"."sequence"`
  return accountOf(await tx.account.findUniqueOrThrow({ where: { tenantId_environment: { tenantId, environment } } }))
}

/** A place's account as it is; null where no money was moved yet and no alert was set. */
export async function find({ tenantId, environment }: Place): Promise<StoredAccount | null> {
  const found = await (await database()).account.findUnique({
    where: { tenantId_environment: { tenantId, environment } },
  })
  return found && accountOf(found)
}

/** Does something with a place's account locked. */
export async function withAccount<Result>(
  place: Place,
  act: (tx: Transaction, account: StoredAccount) => Promise<Result>,
): Promise<Result> {
  return transaction(async (tx) => act(tx, await lock(tx, place)))
}

/**
 * Moves money: adds a transaction with its two entries to the ledger of an account that this transaction has locked, and
 * keeps the account's sums with it. Gives the account as it is then.
 *
 * @throws RangeError for an amount that is none, or that is not there
 */
export async function post(
  tx: Transaction,
  account: StoredAccount,
  { type, amount, sourceId }: Movement,
): Promise<StoredAccount> {
  const { from, to } = ways[type]
  const after = { ...account, sequence: account.sequence + 1 }
  if (from === 'available' || from === 'reserved') after[from] -= amount
  if (to === 'available' || to === 'reserved') after[to] += amount
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError(`${amount} is no amount.`)
  if (after.available < 0 || after.reserved < 0) throw new RangeError(`${from} has less than ${amount}.`)
  const { tenantId, environment, available, reserved, sequence } = after
  await tx.account.update({
    where: { tenantId_environment: { tenantId, environment } },
    data: { available, reserved, sequence },
  })
  const id = newId('txn')
  const at = await momentOf(tx, account)
  await tx.ledgerTransaction.create({
    data: { id, tenantId, environment, sequence, type, sourceId, amount, available, reserved, at },
  })
  await tx.ledgerEntry.createMany({
    data: [
      { transactionId: id, account: from, amount: -amount },
      { transactionId: id, account: to, amount },
    ],
  })
  return after
}

/** When what is added now counts as done: never before what is there, though the clock was set back meanwhile. */
async function momentOf(tx: Transaction, { tenantId, environment, sequence }: StoredAccount): Promise<Date> {
  const last = await tx.ledgerTransaction.findUnique({
    where: { tenantId_environment_sequence: { tenantId, environment, sequence } },
    select: { at: true },
  })
  return new Date(Math.max(clock.now(), last?.at.getTime() ?? 0))
}

/** Changes what is told of an account that this transaction has locked. */
export async function setAlert(
  tx: Transaction,
  account: StoredAccount,
  alert: Partial<Pick<StoredAccount, 'alertBelow' | 'alerted'>>,
): Promise<StoredAccount> {
  const { tenantId, environment } = account
  await tx.account.update({ where: { tenantId_environment: { tenantId, environment } }, data: alert })
  return { ...account, ...alert }
}

function accountOf(row: {
  tenantId: string
  environment: string
  available: bigint
  reserved: bigint
  sequence: bigint
  alertBelow: number | null
  alerted: boolean
}): StoredAccount {
  const { environment, available, reserved, sequence } = row
  return {
    ...row,
    environment: environment as Environment,
    available: Number(available),
    reserved: Number(reserved),
    sequence: Number(sequence),
  }
}
