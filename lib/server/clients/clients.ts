import {
  type ClientCreate,
  type ClientCreated,
  type ClientList,
  type ClientUpdate,
  type ClientView,
  clientCreate,
  clientUpdate,
} from '#lib/contract/oauth.ts'
import { type Caller, type Place, placeOf } from '../caller.ts'
import { newId } from '../ids.ts'
import { forgetClient } from '../oauth/forget.ts'
import { onceOf } from '../once/once.ts'
import { Problem, parse } from '../problem.ts'
import { mayGive } from './grant.ts'
import { checkRegistration, type Registration, registrationOf, written } from './registration.ts'
import { newSecret } from './secrets.ts'
import * as store from './store.ts'
import { notFound, recorded, viewOf } from './view.ts'

/**
 * Makes an OAuth client in the caller's environment. The secret of a confidential one is in this answer and nowhere else. The
 * same Idempotency-Key again makes nothing, and answers without the secret.
 *
 * @throws Problem invalid_request, insufficient_scope for a scope that the caller does not have, idempotency_conflict,
 *   not_found where what the key made was deleted since
 */
export async function createClient(
  caller: Caller,
  request: ClientCreate,
  { idempotencyKey }: { idempotencyKey?: string | undefined } = {},
): Promise<ClientCreated> {
  const { type, postLogoutRedirectUris = null, logoUrl = null, ...wanted } = parse(clientCreate, request)
  const registration = { ...wanted, postLogoutRedirectUris, logoUrl }
  checkRegistration(type, registration)
  mayGive(caller, registration)
  const { text, kept } = newSecret()
  const client = { ...placeOf(caller), id: newId('cli'), type, ...written(registration) }
  const secret = type === 'confidential' ? kept : null
  const once = onceOf(idempotencyKey, 'oauth.clients.create', { type, ...written(registration) })
  const made = await store.save(client, secret, once, recorded(caller, 'client.created'))
  if (made === 'full') {
    throw new Problem(
      'invalid_request',
      `${store.maxClients} OAuth clients are here already: delete those that nobody uses.`,
    )
  }
  return { ...viewOf(made.client), ...(secret && !made.replayed ? { clientSecret: text } : {}) }
}

/** The clients of the caller's environment, oldest first, a page of them. */
export async function listClients(
  caller: Caller,
  { limit = 50, cursor }: { limit?: number; cursor?: string | undefined } = {},
): Promise<ClientList> {
  const rows = await store.list(placeOf(caller), limit + 1, cursor)
  const data = rows.slice(0, limit).map(viewOf)
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.clientId ?? null) : null }
}

/** All clients of the caller's environment, oldest first. */
export async function allClients(caller: Caller): Promise<ClientView[]> {
  return (await store.list(placeOf(caller))).map(viewOf)
}

/** How many clients a place has. */
export function countClients(place: Place): Promise<number> {
  return store.count(place)
}

/**
 * One client.
 *
 * @throws Problem not_found
 */
export async function readClient(caller: Caller, clientId: string): Promise<ClientView> {
  return viewOf(await store.read(placeOf(caller), clientId))
}

/**
 * Changes what is named of a client. What it then is must be possible as a whole, and within the caller's scopes.
 *
 * @throws Problem invalid_request, insufficient_scope, not_found
 */
export async function updateClient(caller: Caller, clientId: string, request: ClientUpdate): Promise<ClientView> {
  const update = parse(clientUpdate, request)
  const changes = Object.fromEntries(Object.entries(update).filter(([, value]) => value !== undefined))
  const change = (before: store.StoredClient) => {
    const registration: Registration = { ...registrationOf(before), ...changes }
    // Who takes a scope away need not know that it was optional.
    if (!update.optionalScopes) registration.optionalScopes = intersection(registration)
    checkRegistration(before.type as ClientView['type'], registration)
    mayGive(caller, registration)
    const kept = written(registration)
    const names = [...Object.keys(changes), 'optionalScopes'] as (keyof Registration)[]
    return Object.fromEntries(names.map((name) => [name, kept[name]]))
  }
  const changed = await store.update(placeOf(caller), clientId, change, recorded(caller, 'client.updated'))
  return viewOf(changed?.after)
}

function intersection({ scopes, optionalScopes }: Registration): Registration['optionalScopes'] {
  return optionalScopes.filter((scope) => scopes.includes(scope))
}

/**
 * Deletes a client, and ends all that it was given.
 *
 * @throws Problem not_found
 */
export async function deleteClient(caller: Caller, clientId: string): Promise<void> {
  const noted = recorded(caller, 'client.deleted')
  const deleted = await store.remove(placeOf(caller), clientId, async (tx, after, before) => {
    await forgetClient(tx, placeOf(caller), clientId)
    await noted(tx, after, before)
  })
  if (!deleted) throw notFound()
}

/**
 * Where a client belongs, for those who may name one by its id alone.
 *
 * @throws Problem not_found
 */
export async function placeOfClient(clientId: string): Promise<Place> {
  const place = await store.placeOf(clientId)
  if (!place) throw notFound()
  return place
}
