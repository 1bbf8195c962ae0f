import type { TransactionType } from '#lib/contract/account.ts'
import type { Place } from '../../caller.ts'
import { ways } from '../store.ts'
import * as store from './store.ts'

/** Something in the books that cannot be. */
export interface Finding extends Place {
  /** The account, transaction, top-up or run that it is about. */
  id: string
  problem: string
}

export interface Checked {
  accounts: number
  transactions: number
  topUps: number
  reservations: number
}

/**
 * Goes through the books of every tenant and yields whatever cannot be; nothing where all is well. What was gone through is
 * counted in `checked`. It holds a page at a time, and may run beside servers that move money.
 *
 * Of each account: its transactions are numbered without a gap, each has two entries that go the way of its type and sum to
 * zero, and leaves what the entries up to it sum to, never less than nothing; the account has what the last one left, and
 * holds what its open reservations sum to. Of each top-up and reservation: the transactions of its state are there, once,
 * with its amount, and no other.
 */
export async function* checkLedger(checked: Checked): AsyncGenerator<Finding> {
  for await (const account of store.accounts()) {
    checked.accounts++
    yield* ofAccount(account, checked)
  }
  for await (const topUp of store.topUps()) {
    checked.topUps++
    yield* ofSource(topUp, topUp.state === 'succeeded' ? ['top_up'] : [])
  }
  for await (const reservation of store.reservations()) {
    checked.reservations++
    yield* ofSource(reservation, transactionsOf[reservation.state] ?? [])
  }
}

/** What a reservation has in the ledger, by its state. */
const transactionsOf: Record<string, TransactionType[]> = {
  open: ['reservation'],
  settled: ['reservation', 'charge'],
  released: ['reservation', 'release'],
}

type Account = typeof store.accounts extends () => AsyncGenerator<infer Yielded> ? Yielded : never

async function* ofAccount(account: Account, checked: Checked): AsyncGenerator<Finding> {
  const { tenantId, environment, held } = account
  const sequence = Number(account.sequence)
  const found = (id: string, problem: string): Finding => ({ tenantId, environment, id, problem })
  const sums = { available: 0, reserved: 0 }
  let last = 0
  for (;;) {
    const page = await store.transactionsAfter(account, last, sequence)
    const known = await store.knownSources(page.map(({ sourceId }) => sourceId))
    for (const transaction of page) {
      checked.transactions++
      const { id, sourceId } = transaction
      const number = Number(transaction.sequence)
      if (number !== last + 1) yield found(id, `is number ${number} after ${last}`)
      last = number
      for (const problem of ofEntries(transaction)) yield found(id, problem)
      for (const { account, amount } of transaction.entries) if (isOwn(account)) sums[account] += amount
      for (const own of ['available', 'reserved'] as const) {
        if (Number(transaction[own]) !== sums[own])
          yield found(id, `leaves ${transaction[own]} ${own}, and the entries sum to ${sums[own]}`)
        if (sums[own] < 0) yield found(id, `leaves less than nothing ${own}: ${sums[own]}`)
      }
      if (!known.has(sourceId)) yield found(id, `is of ${sourceId}, which there is not`)
    }
    if (page.length === 0) break
  }
  if (last !== sequence) yield found(tenantId, `has ${sequence} transactions by its number, and the last is ${last}`)
  for (const own of ['available', 'reserved'] as const) {
    if (Number(account[own]) !== sums[own])
      yield found(tenantId, `has ${account[own]} ${own}, and the entries sum to ${sums[own]}`)
  }
  if (Number(account.reserved) !== held)
    yield found(tenantId, `holds ${account.reserved}, and its open reservations sum to ${held}`)
}

function ofEntries({ type, amount, entries }: store.CheckedTransaction): string[] {
  const sum = entries.reduce((all, entry) => all + entry.amount, 0)
  if (sum !== 0) return [`has entries that sum to ${sum}`]
  const way = ways[type as TransactionType] as (typeof ways)[TransactionType] | undefined
  const of = (account: string) => entries.find((entry) => entry.account === account)?.amount
  const right = way && entries.length === 2 && of(way.from) === -amount && of(way.to) === amount
  return right ? [] : [`is no ${type} of ${amount}: ${entries.map((one) => `${one.account} ${one.amount}`).join(', ')}`]
}

function* ofSource(source: store.Source, wanted: TransactionType[]): Generator<Finding> {
  const { tenantId, environment, id, state, amount, transactions } = source
  const types = transactions.map(({ type }) => type).sort()
  if (types.join() !== [...wanted].sort().join())
    yield { tenantId, environment, id, problem: `is ${state}, and has ${types.join(', ') || 'nothing'} in the ledger` }
  for (const one of transactions) {
    const isHere = one.tenantId === tenantId && one.environment === environment
    if (one.amount !== amount || !isHere)
      yield { tenantId, environment, id, problem: `has ${amount}, and in the ledger a ${one.type} of ${one.amount}` }
  }
}

function isOwn(account: string): account is 'available' | 'reserved' {
  return account === 'available' || account === 'reserved'
}
