import { stringify } from 'csv-stringify/sync'
import type { z } from 'zod'
import type {
  TransactionFilter,
  TransactionList,
  TransactionType,
  TransactionView,
  transactionQuery,
} from '#lib/contract/account.ts'
import { type Caller, placeOf } from '../caller.ts'
import { ways } from './store.ts'
import * as store from './transactions/store.ts'

/** The caller's transactions, newest first, a page of them. */
export async function listTransactions(
  caller: Caller,
  { limit, cursor, ...filter }: z.output<typeof transactionQuery>,
): Promise<TransactionList> {
  const before = cursor === undefined ? undefined : Number.parseInt(cursor, 10) || 0
  const { type, from, to } = filter
  const range = { from: from ? new Date(from) : undefined, to: to ? new Date(to) : undefined }
  const rows = await store.list(placeOf(caller), { type, ...range }, limit + 1, before)
  const page = rows.slice(0, limit)
  return { data: page.map(viewOf), nextCursor: rows.length > limit ? String(page.at(-1)?.sequence) : null }
}

/**
 * All of the caller's transactions that a filter lets through as CSV (RFC 4180), newest first, piece by piece: a long
 * history is never held at once. Spreadsheets take no cell of it for a formula.
 */
export async function* transactionsCsv(caller: Caller, filter: TransactionFilter): AsyncGenerator<string> {
  const lines = (rows: unknown[][]) => stringify(rows, { escape_formulas: true, record_delimiter: 'windows' })
  yield lines([[...columns]])
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const page: TransactionList = await listTransactions(caller, { ...filter, limit: pageSize, cursor })
    yield lines(page.data.map((transaction) => columns.map((column) => transaction[column])))
    cursor = page.nextCursor
  }
}

const pageSize = 200
const columns = [
  ...(['id', 'createdAt', 'type', 'amount', 'currency', 'balanceChange', 'reservedChange'] as const),
  ...(['balance', 'reserved', 'sourceId'] as const),
]

function viewOf({ id, type, amount, available, reserved, sourceId, at }: store.StoredTransaction): TransactionView {
  const { from, to } = ways[type as TransactionType]
  const changeOf = (account: typeof from) => (to === account ? amount : from === account ? -amount : 0)
  return {
    ...{ id, type: type as TransactionType, amount, currency: 'USD' },
    balanceChange: changeOf('available'),
    reservedChange: changeOf('reserved'),
    balance: Number(available),
    reserved: Number(reserved),
    sourceId,
    createdAt: at.toISOString(),
  }
}
