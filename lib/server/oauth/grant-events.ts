import type { AdapterPayload } from 'oidc-provider'
import { writeToRecord } from '../audit/audit.ts'
import { type Place, system } from '../caller.ts'
import { findClient } from '../clients/find-client.ts'
import { findUserOf } from '../passkeys/user.ts'
import { tellAll, writeToTell } from '../webhooks/tell.ts'
import type { StoredGrant, StoredRecord, Transaction, Write } from './store.ts'

// What webhooks and the audit log are told of grants. A grant's id is its record's: an HMAC, which opens nothing.

/** What tells that a grant was made, for the commit that keeps it. */
export async function toldOfNew({ id, clientId, userId }: StoredRecord, payload: AdapterPayload): Promise<Write[]> {
  const place = clientId ? await placeOf(clientId) : null
  if (!place || !clientId || !userId) return []
  const username = (await findUserOf(place, userId))?.username ?? null
  const data = { ...dataOf({ id, clientId, userId, username }), scopes: scopesOf(payload) }
  return [writeToTell(place, 'oauth.grant_created', data)]
}

/**
 * What tells that a grant ended, for the commit that deletes it.
 *
 * @param byApp whether the app gave it back; else a code or a token of it came twice, and may be in other hands
 */
export async function toldOfEnded(grant: StoredGrant | undefined, byApp: boolean): Promise<Write[]> {
  const client = grant ? await findClient(grant.clientId) : null
  if (!grant || !client) return []
  const place = { tenantId: client.tenant.id, environment: client.environment }
  const { id, name } = client
  const noted = writeToRecord(byApp ? { ...system, type: 'client', id, name } : system, {
    ...place,
    action: 'grant.revoked',
    target: { id, name },
    user: { id: grant.userId, username: grant.username ?? grant.userId },
    after: { grantsEnded: 1, reason: byApp ? 'given back by the app' : 'a code or a token came twice' },
  })
  return [writeToTell(place, 'oauth.grant_revoked', dataOf(grant)), noted]
}

/** Tells that grants of a place ended, in the transaction that ends them. */
export async function tellEnded(tx: Transaction, place: Place, grants: readonly StoredGrant[]): Promise<void> {
  const all = grants.map((grant) => ({ data: dataOf(grant) }))
  await tellAll(tx, place, 'oauth.grant_revoked', all)
}

async function placeOf(clientId: string): Promise<Place | null> {
  const client = await findClient(clientId)
  return client && { tenantId: client.tenant.id, environment: client.environment }
}

function dataOf({ id: grantId, clientId, userId, username }: StoredGrant) {
  return { grantId, clientId, userId, username: username ?? userId }
}

function scopesOf(payload: AdapterPayload): string[] {
  const { openid, resources } = payload as { openid?: { scope?: string }; resources?: Record<string, string> }
  const all = [openid?.scope, ...Object.values(resources ?? {})].flatMap((scope) => scope?.split(' ') ?? [])
  return [...new Set(all)]
}
