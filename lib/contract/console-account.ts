import { z } from 'zod'
import {
  accountUpdate,
  accountView,
  fundRequest,
  paymentMethodCreate,
  paymentMethodView,
  topUpView,
  transactionFilter,
  transactionQuery,
} from './account.ts'
import { environment } from './environment.ts'

// What the Console's Account page asks, under /console/api/account: the API's own shapes, for the environment that it names.

const named = { environment: environment.default('test') }

export const consoleAccountQuery = z.strictObject(named)
/** `empty`: no money has moved in it yet; `pending`: the newest top-ups that are so. */
export const consoleAccount = z.object({
  account: accountView,
  empty: z.boolean(),
  paymentMethods: z.array(paymentMethodView),
  pending: z.array(topUpView),
})
export type ConsoleAccount = z.infer<typeof consoleAccount>

export const balanceRange = z.enum(['day', 'month'])
export type BalanceRange = z.infer<typeof balanceRange>
export const balanceQuery = z.strictObject({ ...named, range: balanceRange.default('month') })

/** The balance at the end of each hour of a day, or each day (UTC) of a month; of the one that is under way, as it is now. */
export const balanceOverTime = z.object({
  step: z.enum(['hour', 'day']),
  /** The beginning of each point. */
  times: z.array(z.iso.datetime()),
  balance: z.array(z.int()),
  reserved: z.array(z.int()),
})
export type BalanceOverTime = z.infer<typeof balanceOverTime>

export const consoleTransactionsQuery = transactionQuery.extend(named)
export type ConsoleTransactionsQuery = z.input<typeof consoleTransactionsQuery>
export const consoleTransactionsFilter = transactionFilter.extend(named)

const place = { environment }
export const accountPlace = z.strictObject(place)
export const consoleAccountUpdate = accountUpdate.extend(place)
export type ConsoleAccountUpdate = z.input<typeof consoleAccountUpdate>
export const consoleMethodCreate = paymentMethodCreate.extend(place)
export type ConsoleMethodCreate = z.input<typeof consoleMethodCreate>
export const consoleFund = fundRequest.extend(place)
export type ConsoleFund = z.input<typeof consoleFund>
