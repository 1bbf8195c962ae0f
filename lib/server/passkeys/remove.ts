import type { Place } from '../caller.ts'
import { endConsoleSessionsOf } from '../console/forget.ts'
import { endOAuthOf, forgetConsents, type StoredGrant, tellEnded } from '../oauth/forget.ts'
import { tell, tellAll } from '../webhooks/tell.ts'
import * as store from './store.ts'

// A passkey that goes takes with it what it had opened: whoever holds its private half, the owner or a thief, is out.

/** What the deletion of passkeys ended, for the audit log: of each so many as were good until then. */
export interface Ended {
  /** Of OAuth's pages and of the Console. */
  sessionsEnded: number
  /** What apps were given, each with its tokens. */
  grantsEnded: number
}

/** What is kept together with a deletion, or not at all. */
export type Noted = (tx: store.Transaction, passkey: store.StoredPasskey, ended: Ended) => Promise<void>

/** Takes out of what ends with a passkey what is to go on without it, in the transaction of the deletion. */
export type Spare = (tx: store.Transaction) => Promise<void>

/**
 * Deletes a passkey, with the last one its user, and ends the sessions and grants that it signed in: all in one
 * transaction. Resolves with whose it was, and whether they went with it. With `keepLast`, `last` where it is the only one. False when there is none of that id here (and, with
 * `userId`, of that user).
 */
export function removePasskey(
  place: Place,
  id: string,
  { userId, keepLast = false }: { userId?: string | undefined; keepLast?: boolean },
  noted: Noted,
  spare?: Spare,
): Promise<{ userId: string; userGone: boolean } | false | 'last'> {
  return store.removePasskey(
    place,
    id,
    userId,
    async (tx, passkey, userGone) => {
      await spare?.(tx)
      const { ended, grants } = await endAll(tx, [passkey.id])
      if (userGone) await forgetConsents(tx, passkey.userId)
      await noted(tx, passkey, ended)
      const { username } = passkey.user
      const of = { userId: passkey.userId, username }
      await tellEnded(
        tx,
        place,
        grants.map((grant) => ({ ...grant, username })),
      )
      await tell(tx, place, 'passkey.deleted', { passkeyId: passkey.id, name: passkey.name, ...of })
      if (userGone) await tell(tx, place, 'user.deleted', of)
    },
    keepLast,
  )
}

/**
 * Deletes a user with all passkeys, and ends what those signed in: all in one transaction, with what is told of it. False
 * when there is none of that id here.
 */
export function removeUser(
  place: Place,
  id: string,
  noted: (tx: store.Transaction, user: store.UserWithPasskeys, ended: Ended) => Promise<void>,
): Promise<boolean> {
  return store.removeUserOf(place, id, async (tx, user) => {
    const { username, passkeys } = user
    const { ended, grants } = await endAll(
      tx,
      passkeys.map((passkey) => passkey.id),
    )
    await forgetConsents(tx, id)
    await noted(tx, user, ended)
    const of = { userId: id, username }
    await tellEnded(
      tx,
      place,
      grants.map((grant) => ({ ...grant, username })),
    )
    const deleted = passkeys.map((passkey) => ({ data: { passkeyId: passkey.id, name: passkey.name, ...of } }))
    await tellAll(tx, place, 'passkey.deleted', deleted)
    await tell(tx, place, 'user.deleted', of)
  })
}

/** Forgets a user, all their passkeys and what those had opened, in a transaction that is open. */
export async function forgetUser(tx: store.Transaction, userId: string): Promise<Ended> {
  const { ended } = await endAll(tx, await store.removeUser(tx, userId))
  await forgetConsents(tx, userId)
  return ended
}

async function endAll(tx: store.Transaction, passkeyIds: string[]) {
  const ended: Ended = { sessionsEnded: 0, grantsEnded: 0 }
  const all: StoredGrant[] = []
  for (const id of passkeyIds) {
    const { sessions, grants } = await endOAuthOf(tx, id)
    ended.sessionsEnded += sessions + (await endConsoleSessionsOf(tx, id))
    ended.grantsEnded += grants.length
    all.push(...grants)
  }
  return { ended, grants: all }
}
