import { record } from '../audit/audit.ts'
import type { Actor, Place } from '../caller.ts'
import { findClient } from '../clients/find-client.ts'
import { findUserOf } from '../passkeys/user.ts'
import type { From } from './own-pages.ts'
import type { Ended } from './store.ts'

// What the audit log tells of the end of what users allowed apps.

/** What goes into the transaction in which a user takes an app's rights away. */
export async function endedByUser(place: Place, userId: string, clientId: string, from: From): Promise<Ended> {
  const name = (await findUserOf(place, userId))?.username ?? userId
  const actor: Actor = { type: 'user', id: userId, name, address: from.address ?? null, requestId: from.requestId }
  return ended(actor, place, { id: userId, username: name }, clientId)
}

/** The same, where somebody else does. */
export async function ended(
  actor: Actor,
  place: Place,
  user: { id: string; username: string },
  clientId: string,
): Promise<Ended> {
  const target = { id: clientId, name: (await findClient(clientId))?.name ?? clientId }
  return (tx, grants) =>
    record(tx, actor, { ...place, action: 'grant.revoked', target, user, after: { grantsEnded: grants.length } })
}
