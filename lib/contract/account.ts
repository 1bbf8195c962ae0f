import { z } from 'zod'
import { environment } from './environment.ts'
import { label } from './label.ts'
import { moment } from './moment.ts'
import { page, pageOf } from './page.ts'
import { plainText } from './plain-text.ts'

/** The one currency that is dealt in. Amounts are integers in its minor unit: cents. */
export const currency = z.literal('USD')
export type Currency = z.infer<typeof currency>

export const money = z.object({ amount: z.int(), currency })
export type Money = z.infer<typeof money>

/**
 * `balance` is what can be spent; what is held for executions under way is `reserved`, and in it no more. `balanceAlert`:
 * the event account.balance_low is told once when the balance, with what is reserved, falls below it, and again after it was
 * back. Null: it is not.
 */
export const accountView = z.object({
  balance: money,
  reserved: money,
  environment,
  balanceAlert: money.nullable(),
})
export type AccountView = z.infer<typeof accountView>

/** Null: no alert. */
export const accountUpdate = z.strictObject({
  balanceAlert: z.strictObject({ amount: z.int().min(1).max(100_000_000), currency: currency.optional() }).nullable(),
})
export type AccountUpdate = z.input<typeof accountUpdate>

/**
 * What moves money: a `top_up` brings it in, a `reservation` holds it for an execution, whose end is a `charge` or a
 * `release`.
 */
export const transactionType = z.enum(['top_up', 'reservation', 'charge', 'release'])
export type TransactionType = z.infer<typeof transactionType>

/** One movement. `amount` is what it moved; the changes say where: they may be negative. */
export const transactionView = z.object({
  id: z.string(),
  type: transactionType,
  amount: z.int(),
  currency,
  balanceChange: z.int(),
  reservedChange: z.int(),
  /** What the account had after it. */
  balance: z.int(),
  reserved: z.int(),
  /** The top-up or the run that it is of. */
  sourceId: z.string(),
  createdAt: z.iso.datetime(),
})
export type TransactionView = z.infer<typeof transactionView>

/** `from` is inclusive, `to` exclusive. */
export const transactionFilter = z.strictObject({
  type: transactionType.optional(),
  from: moment.optional(),
  to: moment.optional(),
})
export type TransactionFilter = z.output<typeof transactionFilter>
export const transactionQuery = transactionFilter.extend(page)
export type TransactionQuery = z.input<typeof transactionQuery>
export const transactionList = pageOf(transactionView)
export type TransactionList = z.infer<typeof transactionList>

// Twelve digits or more with nothing between them but signs: no card has fewer, and no reference needs so many.
const cardNumber = /\p{Nd}(?:[^\p{L}\p{Nd}]*\p{Nd}){11}/u

/** How the tenant pays, in words: a reference such as “Invoice, net 30”. */
export const paymentMethodCreate = z.strictObject({
  label: label.refine((text) => !cardNumber.test(text), 'looks like a card’s number, which has no place here'),
})
export type PaymentMethodCreate = z.input<typeof paymentMethodCreate>

/** A `sandbox` method is there in every test environment, and a `reference` was made. */
export const paymentMethodView = z.object({
  id: z.string(),
  type: z.enum(['sandbox', 'reference']),
  label: z.string(),
  createdAt: z.iso.datetime().nullable(),
})
export type PaymentMethodView = z.infer<typeof paymentMethodView>
export const paymentMethodQuery = z.strictObject({ ...page })
export const paymentMethodList = pageOf(paymentMethodView)
export type PaymentMethodList = z.infer<typeof paymentMethodList>

/** From one dollar to ten thousand. */
export const fundRequest = z.strictObject({
  amount: z.int().min(100).max(1_000_000),
  paymentMethodId: plainText(64).min(1, 'is empty'),
})
export type FundRequest = z.input<typeof fundRequest>

export const topUpStatus = z.enum(['pending', 'succeeded', 'declined'])
export type TopUpStatus = z.infer<typeof topUpStatus>

/** Money that was asked of a payment method. It is in the balance once, and only when, the status is `succeeded`. */
export const topUpView = z.object({
  id: z.string(),
  status: topUpStatus,
  amount: z.int(),
  currency,
  paymentMethodId: z.string(),
  createdAt: z.iso.datetime(),
  /** When it succeeded or was declined. */
  decidedAt: z.iso.datetime().nullable(),
})
export type TopUpView = z.infer<typeof topUpView>
