import type {
  AccountUpdate,
  AccountView,
  FundRequest,
  PaymentMethodCreate,
  PaymentMethodList,
  PaymentMethodView,
  TopUpView,
  TransactionList,
  TransactionQuery,
} from '#lib/contract/account.ts'
import type { Extra, Once, Query, Send } from './send.ts'

export const account = (send: Send) => ({
  read: (extra: Extra = {}) => send<AccountView>('GET', '/v1/account', extra),
  update: (body: AccountUpdate, extra: Extra = {}) => send<AccountView>('PATCH', '/v1/account', { body, ...extra }),
  transactions: (query: Query<TransactionQuery> = {}, extra: Extra = {}) =>
    send<TransactionList>('GET', '/v1/account/transactions', { query, ...extra }),
  paymentMethods: {
    list: (query: { limit?: number; cursor?: string | undefined } = {}, extra: Extra = {}) =>
      send<PaymentMethodList>('GET', '/v1/account/payment-methods', { query, ...extra }),
    create: (body: PaymentMethodCreate, extra: Extra & Once = {}) =>
      send<PaymentMethodView>('POST', '/v1/account/payment-methods', { body, ...extra }),
    delete: (id: string, extra: Extra = {}) =>
      send<undefined>('DELETE', `/v1/account/payment-methods/${encodeURIComponent(id)}`, extra),
  },
  /** Asks for money once: where no Idempotency-Key is said, one is made. */
  fund: (body: FundRequest, { idempotencyKey = crypto.randomUUID(), ...extra }: Extra & Once = {}) =>
    send<TopUpView>('POST', '/v1/account/funds', { body, idempotencyKey, ...extra }),
  /** A top-up as it is now: to follow one that is pending. */
  topUp: (id: string, extra: Extra = {}) =>
    send<TopUpView>('GET', `/v1/account/top-ups/${encodeURIComponent(id)}`, extra),
})
