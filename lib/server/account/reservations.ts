import type { Currency } from '#lib/contract/account.ts'
import type { Place } from '../caller.ts'
import { oneByOne } from '../one-by-one.ts'
import { Problem } from '../problem.ts'
import { move } from './ledger.ts'
import * as store from './reservations/store.ts'
import { lock, type StoredAccount, type Transaction, withAccount } from './store.ts'

// Money that is held for an execution: reserved before it, charged with its result or released with its failure, each in
// the transaction that keeps that. What nobody ends in time is released by whoever comes by.

export interface Held {
  /** In minor units, more than 0: what costs nothing needs none. */
  amount: number
  currency: Currency
  runId: string
  /** From then on it is released, and can be charged no more. */
  until: Date
}

const batchSize = 100

/**
 * Holds money for a run.
 *
 * @throws Problem insufficient_funds where the balance has less; nothing is held then
 */
export async function reserve(tx: Transaction, place: Place, { amount, currency, runId, until }: Held): Promise<void> {
  const { tenantId, environment } = place
  const account = await releaseOverdueOf(tx, await lock(tx, place))
  if (account.available < amount) {
    throw new Problem(
      'insufficient_funds',
      `This costs ${inWords(amount, currency)}, and the balance has ${inWords(account.available, currency)}. Add funds, and try again.`,
    )
  }
  await store.save(tx, { tenantId, environment, runId, amount, until })
  await move(tx, account, { type: 'reservation', amount, sourceId: runId })
}

/**
 * Charges what is held for a run, once. False where nothing is: it was charged or released before, or its time has passed.
 */
export async function settle(tx: Transaction, place: Place, runId: string): Promise<boolean> {
  return end(tx, place, runId, 'settled')
}

/** Gives back what is held for a run, once. False where nothing is: it was charged or released before. */
export async function release(tx: Transaction, place: Place, runId: string): Promise<boolean> {
  return end(tx, place, runId, 'released')
}

/** Releases what a place holds past its time. */
export async function releaseOverdue(place: Place): Promise<void> {
  if (await store.hasOverdue(place)) await withAccount(place, releaseOverdueOf)
}

/** Releases what anybody holds past its time. */
export async function releaseAllOverdue(): Promise<void> {
  await oneByOne(await store.overduePlaces(), releaseOverdue)
}

async function end(tx: Transaction, place: Place, runId: string, state: 'settled' | 'released'): Promise<boolean> {
  const account = await lock(tx, place)
  const found = await store.find(tx, place, runId)
  if (found?.state !== 'open') return false
  const isLate = found.until.getTime() <= (await store.commonTime(tx))
  await finish(tx, account, found, isLate ? 'released' : state)
  return !isLate || state === 'released'
}

async function releaseOverdueOf(tx: Transaction, account: StoredAccount): Promise<StoredAccount> {
  let after = account
  for (const late of await store.overdue(tx, account, batchSize)) after = await finish(tx, after, late, 'released')
  return after
}

async function finish(
  tx: Transaction,
  account: StoredAccount,
  { runId, amount }: Pick<store.StoredReservation, 'runId' | 'amount'>,
  state: 'settled' | 'released',
): Promise<StoredAccount> {
  if (!(await store.end(tx, runId, state))) return account
  return move(tx, account, { type: state === 'settled' ? 'charge' : 'release', amount, sourceId: runId })
}

function inWords(amount: number, currency: Currency): string {
  return `${(amount / 100).toFixed(2)} ${currency}`
}
