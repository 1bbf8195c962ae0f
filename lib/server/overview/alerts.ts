import type { HomeAlert } from '#lib/contract/console-home.ts'
import type { KeyView } from '#lib/contract/keys.ts'
import { maxEndpoints } from '#lib/contract/webhooks.ts'
import { balanceOf } from '../account/account.ts'
import { type Caller, placeOf } from '../caller.ts'
import { clock } from '../clock.ts'
import { allKeys } from '../keys/keys.ts'
import { listWebhooks } from '../webhooks/endpoints.ts'

const dayMilliseconds = 24 * 3_600_000
/** A key that ends within this is told. */
const soonMilliseconds = 14 * dayMilliseconds
/** One that nobody used for so long, or never since it was made so long ago. */
const [silentMilliseconds, newMilliseconds] = [90 * dayMilliseconds, 14 * dayMilliseconds]
const mostOfAKind = 2

/** What needs somebody in the caller's environment, the most pressing first; of each kind two at most. */
export async function alertsOf(caller: Caller): Promise<HomeAlert[]> {
  const [keys, { data: webhooks }, { balance, reserved, balanceAlert }] = await Promise.all([
    allKeys(caller),
    listWebhooks(caller, { limit: maxEndpoints }),
    balanceOf(placeOf(caller)),
  ])
  const working = keys.filter(({ status }) => status === 'active')
  const ending = working
    .filter(({ expiresAt }) => expiresAt !== null && Date.parse(expiresAt) - clock.now() < soonMilliseconds)
    // Whose replacement is in use is let go.
    .filter(({ rotation }) => !rotation || rotation.state === 'created')
    .sort((one, other) => Date.parse(one.expiresAt ?? '') - Date.parse(other.expiresAt ?? ''))
  const failing = webhooks.filter(({ failingSince, disabledReason }) => failingSince ?? disabledReason)
  const fund = balance.amount + reserved.amount
  return [
    ...ending.slice(0, mostOfAKind).map(({ id, name, expiresAt, rotation }) => ({
      ...{ kind: 'key_ends' as const, id, name, at: expiresAt ?? '' },
      replaced: rotation !== null,
    })),
    ...failing.slice(0, mostOfAKind).map(({ id, url, disabledReason }) => ({
      ...{ kind: 'webhook_fails' as const, id, url, turnedOff: disabledReason !== null },
    })),
    ...(balanceAlert && fund < balanceAlert.amount
      ? [{ kind: 'balance_low' as const, amount: balance.amount, below: balanceAlert.amount }]
      : []),
    ...working
      .filter((key) => !ending.includes(key) && !key.rotation && isSilent(key))
      .slice(0, mostOfAKind)
      .map(({ id, name, lastUsedAt: since }) => ({ kind: 'key_unused' as const, id, name, since })),
  ]
}

function isSilent({ lastUsedAt, createdAt }: KeyView): boolean {
  return lastUsedAt
    ? clock.now() - Date.parse(lastUsedAt) > silentMilliseconds
    : clock.now() - Date.parse(createdAt) > newMilliseconds
}
