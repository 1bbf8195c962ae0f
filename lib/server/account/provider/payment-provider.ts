import type { Money, TopUpStatus } from '#lib/contract/account.ts'

/** What a provider is asked to collect. */
export interface Collection extends Money {
  /** The top-up’s: of several with one id, one is collected. */
  id: string
  paymentMethodId: string
  createdAt: Date
}

/** Who collects the money of top-ups. */
export interface PaymentProvider {
  /** Methods that every account has, without anybody having made them. */
  readonly methods: readonly { id: string; label: string }[]
  /** Whether it decides by itself what is `pending`, so that asking again tells; if not, the operator does. */
  readonly decides: boolean
  /**
   * Collects money and says what became of it. It is asked again for as long as it says `pending`, also where an answer of
   * its was lost: the same top-up is collected once.
   */
  collect(collection: Collection): Promise<TopUpStatus>
}
