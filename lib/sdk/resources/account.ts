import type {
  AccountUpdate,
  AccountView,
  FundRequest,
  PaymentMethodCreate,
  PaymentMethodView,
  TopUpView,
  TransactionQuery,
  TransactionView,
} from '#lib/contract/account.ts'
import { list } from './list.ts'
import type { Extra, Once, Query, Send } from './send.ts'

export const account = (send: Send) => ({
  read: (extra: Extra = {}) => send<AccountView>('GET', '/v1/account', extra),
  update: (body: AccountUpdate, extra: Extra = {}) => send<AccountView>('PATCH', '/v1/account', { body, ...extra }),
  /** One page, newest first, or with `for await` every transaction. */
  transactions: (query: Query<TransactionQuery> = {}, extra: Extra = {}) =>
    list<TransactionView>(send, '/v1/account/transactions', query, extra),
  paymentMethods: {
    list: (query: { limit?: number; cursor?: string | undefined } = {}, extra: Extra = {}) =>
      list<PaymentMethodView>(send, '/v1/account/payment-methods', query, extra),
    create: (body: PaymentMethodCreate, extra: Extra & Once = {}) =>
      send<PaymentMethodView>('POST', '/v1/account/payment-methods', { body, once: true, ...extra }),
    delete: (id: string, extra: Extra = {}) =>
      send<undefined>('DELETE', `/v1/account/payment-methods/${encodeURIComponent(id)}`, extra),
  },
  /** Asks for money once, however often it has to be asked for. */
  fund: (body: FundRequest, extra: Extra & Once = {}) =>
    send<TopUpView>('POST', '/v1/account/funds', { body, once: true, ...extra }),
  /** A top-up as it is now: to follow one that is pending. */
  topUp: (id: string, extra: Extra = {}) =>
    send<TopUpView>('GET', `/v1/account/top-ups/${encodeURIComponent(id)}`, extra),
})
