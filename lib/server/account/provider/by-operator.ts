import type { PaymentProvider } from './payment-provider.ts'

/** The operator looks after the money: a top-up is pending until they confirm or decline it. */
export const byOperator: PaymentProvider = { methods: [], decides: false, collect: async () => 'pending' }
