import { type AccountUpdate, type AccountView, accountUpdate } from '#lib/contract/account.ts'
import { record } from '../audit/audit.ts'
import { type Caller, type Place, placeOf } from '../caller.ts'
import { parse } from '../problem.ts'
import { noteBalance } from './ledger.ts'
import { releaseOverdue } from './reservations.ts'
import { find, type StoredAccount, setAlert, withAccount } from './store.ts'
import { followPending } from './top-ups.ts'

/** What the caller's environment has. What is due by now has happened: holds that are over, top-ups that came through. */
export async function readAccount(caller: Caller): Promise<AccountView> {
  const place = placeOf(caller)
  await bringUpToDate(place)
  return viewOf(place, await find(place))
}

/** What a place has to spend, as it was written last. */
export async function balanceOf(place: Place): Promise<AccountView> {
  return viewOf(place, await find(place))
}

/**
 * Sets when the tenant is told that its balance is low. Where it is below another threshold already, it is told at once.
 *
 * @throws Problem invalid_request
 */
export async function updateAccount(caller: Caller, request: AccountUpdate): Promise<AccountView> {
  const { balanceAlert } = parse(accountUpdate, request)
  const place = placeOf(caller)
  const alertBelow = balanceAlert?.amount ?? null
  const changed = await withAccount(place, async (tx, before) => {
    if (before.alertBelow === alertBelow) return before
    await record(tx, caller.actor, {
      ...place,
      action: 'balance_alert.updated',
      target: { id: place.tenantId, name: caller.tenant.name },
      before: { balanceAlert: before.alertBelow },
      after: { balanceAlert: alertBelow },
    })
    return noteBalance(tx, await setAlert(tx, before, { alertBelow, alerted: false }))
  })
  return viewOf(place, changed)
}

async function bringUpToDate(place: Place): Promise<void> {
  await releaseOverdue(place)
  await followPending(place)
}

function viewOf({ environment }: Place, account: StoredAccount | null): AccountView {
  const money = (amount: number) => ({ amount, currency: 'USD' }) as const
  return {
    balance: money(account?.available ?? 0),
    reserved: money(account?.reserved ?? 0),
    environment,
    balanceAlert: account?.alertBelow == null ? null : money(account.alertBelow),
  }
}
