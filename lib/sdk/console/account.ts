import type { AccountView, PaymentMethodView, TopUpView, TransactionList } from '#lib/contract/account.ts'
import type {
  BalanceOverTime,
  BalanceRange,
  ConsoleAccount,
  ConsoleAccountUpdate,
  ConsoleFund,
  ConsoleMethodCreate,
  ConsoleTransactionsQuery,
} from '#lib/contract/console-account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import type { ConsoleSend } from './send.ts'

/** The tenant's money. */
export const account = (send: ConsoleSend) => ({
  read: (environment: Environment) => send<ConsoleAccount>('GET', '/account', { query: { environment } }),
  balance: (environment: Environment, range: BalanceRange) =>
    send<BalanceOverTime>('GET', '/account/balance', { query: { environment, range } }),
  transactions: (query: Omit<ConsoleTransactionsQuery, 'limit'> & { limit?: number }) =>
    send<TransactionList>('GET', '/account/transactions', { query }),
  update: (body: ConsoleAccountUpdate) => send<AccountView>('PATCH', '/account', { body }),
  addMethod: (body: ConsoleMethodCreate, idempotencyKey: string) =>
    send<PaymentMethodView>('POST', '/account/payment-methods', {
      body,
      headers: { 'Idempotency-Key': idempotencyKey },
    }),
  removeMethod: (id: string, environment: Environment) =>
    send<undefined>('POST', `/account/payment-methods/${encodeURIComponent(id)}/remove`, {
      body: { environment },
    }),
  fund: (body: ConsoleFund, idempotencyKey: string) =>
    send<TopUpView>('POST', '/account/funds', { body, headers: { 'Idempotency-Key': idempotencyKey } }),
})
