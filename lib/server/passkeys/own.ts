import type { Passkey } from '#lib/contract/passkeys.ts'
import { providerOf } from '#lib/webauthn/aaguid.ts'
import { type Caller, placeOf } from '../caller.ts'
import { Problem } from '../problem.ts'
import { type Noted, removePasskey, type Spare } from './remove.ts'
import * as store from './store.ts'
import { deviceTypeOf, passkeyView } from './view.ts'

// A user's passkeys, for those who know already who the user is.

/** The passkeys of a user, oldest first, at most 100 or fewer. */
export async function ownPasskeys(caller: Caller, userId: string, most = 100): Promise<Passkey[]> {
  return (await store.listPasskeys(placeOf(caller), { userId }, most)).map(passkeyView)
}

/** The passkeys of some users that came last, so many of each at most, newest first: enough of them for a list. */
export async function newestPasskeys(userIds: string[], most: number) {
  const passkeys = (await store.newestPasskeys(userIds, most)).map(({ userId, id, name, aaguid, backupEligible }) => ({
    userId,
    passkey: { id, name, provider: providerOf(aaguid), deviceType: deviceTypeOf(backupEligible) },
  }))
  const byUser = Map.groupBy(passkeys, ({ userId }) => userId)
  return new Map([...byUser].map(([userId, of]) => [userId, of.map(({ passkey }) => passkey)]))
}

/** Whether a passkey is there still: what it opened is worth nothing without it. */
export function hasPasskey(id: string): Promise<boolean> {
  return store.hasPasskey(id)
}

/**
 * Calls one of a user's passkeys something else.
 *
 * @param noted what is kept together with it, told how it was called before
 * @throws Problem not_found
 */
export async function renameOwn(
  caller: Caller,
  userId: string,
  id: string,
  name: string,
  noted: (tx: store.Transaction, before: { name: string }) => Promise<void>,
): Promise<void> {
  const recorded: store.Recorded = (tx, _after, before) => noted(tx, { name: before.name })
  if (!(await store.renamePasskey(placeOf(caller), id, name, userId, recorded))) throw unknown()
}

/**
 * Forgets one of a user's passkeys, and ends what it signed in; but never the last.
 *
 * @throws Problem not_found, invalid_request for the last one
 */
export async function removeOwn(
  caller: Caller,
  userId: string,
  id: string,
  noted: Noted,
  spare?: Spare,
): Promise<void> {
  const removed = await removePasskey(placeOf(caller), id, { userId, keepLast: true }, noted, spare)
  if (!removed) throw unknown()
  if (removed === 'last') {
    const message = 'is your only passkey: add another first'
    throw new Problem('invalid_request', `This ${message}.`, { issues: [{ path: 'id', message }] })
  }
}

/** How many passkeys the users of a tenant have, in both environments. */
export function passkeysOf(tenantId: string): Promise<number> {
  return store.countPasskeys(tenantId)
}

function unknown(): Problem {
  return new Problem('not_found', 'No such passkey of yours.')
}
