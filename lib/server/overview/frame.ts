import type { FrameView } from '#lib/contract/console-frame.ts'
import { maxEndpoints } from '#lib/contract/webhooks.ts'
import { balanceOf } from '../account/account.ts'
import { type Caller, placeOf } from '../caller.ts'
import { countClients } from '../clients/clients.ts'
import { countKeys } from '../keys/keys.ts'
import { aboutHowManyUsers } from '../passkeys/users/users.ts'
import { listWebhooks } from '../webhooks/endpoints.ts'
import { byTurns } from './by-turns.ts'

/** Beyond so many a count is not worth its time. */
export const mostUsers = 100_000

/** How much there is of everything in the caller's environment, and what of it needs somebody. */
export async function frameOf(caller: Caller): Promise<FrameView> {
  const place = placeOf(caller)
  const [users, clients, keys, { data: webhooks }, { balance }] = await byTurns([
    () => aboutHowManyUsers(caller, mostUsers),
    () => countClients(place),
    () => countKeys(place),
    () => listWebhooks(caller, { limit: maxEndpoints }),
    () => balanceOf(place),
  ])
  const failing = webhooks.filter(({ failingSince, disabledReason }) => failingSince ?? disabledReason)
  return { users, clients, keys, webhooks: webhooks.length, failingWebhooks: failing.length, balance }
}
