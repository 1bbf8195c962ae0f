import type { UserApp, UserSession } from '#lib/contract/console-users.ts'
import type { Actor, Place } from '../../caller.ts'
import { findClient } from '../../clients/find-client.ts'
import { tellEnded } from '../grant-events.ts'
import { ended } from '../grants-ended.ts'
import { payloadOf } from '../records.ts'
import { listConsents, removeConsent } from '../store.ts'
import * as store from './store.ts'

// What a user has at the authorization server, for the tenant whose user it is.

/** Where a user is signed in, at most 100 places. */
export async function sessionsOf(userId: string): Promise<UserSession[]> {
  return (await store.listSessions(userId)).map((found) => {
    const { loginTs, userAgent, address } = payloadOf('Session', found) as Partial<{
      loginTs: number
      userAgent: string
      address: string
    }>
    return {
      id: found.id,
      passkey: found.passkeyName,
      signedInAt: loginTs === undefined ? null : new Date(loginTs * 1000).toISOString(),
      expiresAt: found.expiresAt.toISOString(),
      userAgent: userAgent ?? null,
      address: address ?? null,
    }
  })
}

/** Ends a user's sessions, or the one of an id: how many there were. What they allowed apps goes on. */
export const endSessions = store.removeSessions

/** What a user let apps do, the latest first. */
export async function appsOf(userId: string): Promise<UserApp[]> {
  const byClient = Object.groupBy(await listConsents(userId), ({ clientId }) => clientId)
  const apps = await Promise.all(
    Object.entries(byClient).map(async ([clientId, rows = []]) => {
      const client = await findClient(clientId)
      const since = rows.map(({ createdAt }) => createdAt.toISOString()).sort()[0]
      if (!client || !since) return null
      const scopes = [...new Set(rows.flatMap((row) => row.scopes.split(' ')))]
      const used = rows
        .map(({ lastUsedAt }) => lastUsedAt?.toISOString() ?? '')
        .sort()
        .at(-1)
      return { clientId, name: client.name, scopes, since, lastUsedAt: used || null }
    }),
  )
  return apps.filter((app) => app !== null)
}

/** How many apps each of some users let in; who let in none is not among them. */
export const countApps = store.countApps

/** Takes an app's rights over a user away, with all that it was given; false where it has none. */
export async function revokeApp(
  place: Place,
  user: { id: string; username: string },
  clientId: string,
  actor: Actor,
): Promise<boolean> {
  const noted = await ended(actor, place, user, clientId)
  return removeConsent(user.id, clientId, async (tx, grants) => {
    await tellEnded(tx, place, grants)
    await noted(tx, grants)
  })
}
