import type { HomeAlert } from '#lib/contract/console-home.ts'
import { maxEndpoints } from '#lib/contract/webhooks.ts'
import { balanceOf } from '../account/account.ts'
import { type Caller, placeOf } from '../caller.ts'
import { endingKeys, unusedKeys } from '../keys/working/pressing.ts'
import { listWebhooks } from '../webhooks/endpoints.ts'
import { byTurns } from './by-turns.ts'

const mostOfAKind = 2

/** What needs somebody in the caller’s environment, the most pressing first; of each kind two at most. */
export async function alertsOf(caller: Caller): Promise<HomeAlert[]> {
  const place = placeOf(caller)
  const [ending, unused, { data: webhooks }, { balance, reserved, balanceAlert }] = await byTurns([
    () => endingKeys(place, mostOfAKind),
    () => unusedKeys(place, mostOfAKind),
    () => listWebhooks(caller, { limit: maxEndpoints }),
    () => balanceOf(place),
  ])
  const failing = webhooks.filter(({ failingSince, disabledReason }) => failingSince ?? disabledReason)
  const fund = balance.amount + reserved.amount
  return [
    ...ending.map(({ id, name, expiresAt, replaced }) => ({
      ...{ kind: 'key_ends' as const, id, name, at: expiresAt?.toISOString() ?? '', replaced },
    })),
    ...failing.slice(0, mostOfAKind).map(({ id, url, disabledReason }) => ({
      ...{ kind: 'webhook_fails' as const, id, url, turnedOff: disabledReason !== null },
    })),
    ...(balanceAlert && fund < balanceAlert.amount
      ? [{ kind: 'balance_low' as const, amount: balance.amount, below: balanceAlert.amount }]
      : []),
    ...unused.map(({ id, name, since }) => ({
      ...{ kind: 'key_unused' as const, id, name, since: since?.toISOString() ?? null },
    })),
  ]
}
