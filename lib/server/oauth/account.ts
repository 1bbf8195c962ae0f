import type { AccountSession, AccountView } from '#lib/contract/oauth.ts'
import { type OAuthScope, wordsOf, wordsOfResource } from '#lib/contract/oauth-scopes.ts'
import { record } from '../audit/audit.ts'
import { findClient } from '../clients/find-client.ts'
import { Problem } from '../problem.ts'
import { actFor } from '../tenants/tenants.ts'
import { markOf, pageBrandingOf } from './about.ts'
import { passkeysOf } from './account-passkeys.ts'
import type { Cookies } from './cookies.ts'
import { tellEnded } from './grant-events.ts'
import { endedByUser } from './grants-ended.ts'
import { endSessions, sessionsOf } from './of-user/of-user.ts'
import type { From } from './own-pages.ts'
import { recordId } from './records.ts'
import { type Present, present, signedInHere } from './signed-in-here.ts'
import * as store from './store.ts'

// What a user has here, and how they take it back. Whose browser it is says the session of the authorization server.

/** The page of whoever is signed in; null for nobody. */
export async function readAccount(cookies: Cookies): Promise<AccountView | null> {
  const found = await signedInHere(cookies)
  if (!found) return null
  const { user, place } = found
  const userId = user.id
  const { tenant } = await actFor(place.tenantId, place.environment)
  const consents = Object.groupBy(await store.listConsents(userId), ({ clientId }) => clientId)
  const grants = await Promise.all(
    Object.entries(consents).map(async ([clientId, rows = []]) => {
      const client = await findClient(clientId)
      const [createdAt] = rows.map((row) => row.createdAt.toISOString()).sort()
      const [updatedAt] = rows.map((row) => row.updatedAt.toISOString())
      if (!client || !createdAt || !updatedAt) return null
      const scopes = rows
        .toSorted((one, other) => (one.resource < other.resource ? -1 : 1))
        .flatMap(({ resource, scopes }) =>
          scopes.split(' ').map((scope) => ({
            scope,
            words: wordsOf(scope as OAuthScope),
            at: resource ? wordsOfResource(resource) : null,
          })),
        )
      const lastUsedAt =
        rows
          .map((row) => row.lastUsedAt?.toISOString() ?? '')
          .sort()
          .at(-1) || null
      return { clientId, client: markOf(client), scopes, createdAt, updatedAt, lastUsedAt }
    }),
  )
  return {
    user: { username: user.username, displayName: user.displayName },
    tenant: pageBrandingOf(tenant),
    environment: place.environment,
    passkeys: await passkeysOf(found),
    sessions: await ownSessions(found),
    grants: grants.filter((grant) => grant !== null),
  }
}

/**
 * Takes an app's rights away: what it was given for this user ends, and it has to ask again.
 *
 * @throws Problem session_required, not_found
 */
export async function revokeGrant(cookies: Cookies, clientId: string, from: From): Promise<void> {
  const { user, place } = await present(cookies)
  const userId = user.id
  const noted = await endedByUser(place, userId, clientId, from)
  const ended: store.Ended = async (tx, grants) => {
    await tellEnded(tx, place, grants)
    await noted(tx, grants)
  }
  if (!(await store.removeConsent(userId, clientId, ended))) {
    throw new Problem('not_found', 'This app has no rights of yours, or not any more.')
  }
}

/**
 * Ends one of the user's sessions, in whichever browser; the apps go on.
 *
 * @throws Problem session_required, not_found
 */
export async function endSession(cookies: Cookies, id: string, from: From): Promise<void> {
  const { user, place } = await present(cookies)
  const { id: userId, username: name } = user
  const actor = { type: 'user', id: userId, name, address: from.address ?? null, requestId: from.requestId } as const
  const ended = await endSessions(userId, id, (tx, sessionsEnded) => {
    const target = { id: userId, name }
    return record(tx, actor, { ...place, action: 'user.sessions_ended', target, after: { sessionsEnded } })
  })
  if (ended === 0) throw new Problem('not_found', 'No such session of yours, or not any more.')
}

async function ownSessions({ user, session }: Present): Promise<AccountSession[]> {
  const current = recordId('Session', session.jti)
  const all = await sessionsOf(user.id)
  return all.map(({ id, userAgent, address, signedInAt }) => ({
    ...{ id, userAgent, address, signedInAt },
    current: id === current,
  }))
}
