import type { TopUpStatus } from '#lib/contract/account.ts'
import { isDue } from '../../clock.ts'
import type { Collection, PaymentProvider } from './payment-provider.ts'

/** How long `pm_card_pending` takes. */
export const pendingMilliseconds = 60_000

/** Cards of the test environment: each behaves as it is called, and no money exists. What was added behaves as the good one. */
export const sandbox: PaymentProvider = {
  methods: [
    { id: 'pm_card_ok', label: 'Test card that is accepted' },
    { id: 'pm_card_declined', label: 'Test card that is declined' },
    { id: 'pm_card_pending', label: 'Test card that is accepted after a minute' },
  ],
  decides: true,
  collect: async (collection) => outcomeOf(collection),
}

function outcomeOf({ paymentMethodId, createdAt }: Collection): TopUpStatus {
  if (paymentMethodId === 'pm_card_declined') return 'declined'
  if (paymentMethodId !== 'pm_card_pending') return 'succeeded'
  return isDue(createdAt.getTime(), pendingMilliseconds) ? 'succeeded' : 'pending'
}
