import { type KeyList, type KeyUpdate, type KeyView, keyUpdate } from '#lib/contract/keys.ts'
import { type Caller, type Place, placeOf } from '../caller.ts'
import { invalid, Problem, parse } from '../problem.ts'
import { canonicalAddresses, inFuture, scopesInOrder } from './fields.ts'
import { lastsLonger, mayChange, mayLoosen } from './grant.ts'
import * as store from './store.ts'
import { notFound, recorded, viewOf, viewsOf } from './view.ts'
import { anyWorks, countWorking } from './working/store.ts'

/** The keys of the caller's environment, oldest first, a page of them. */
export async function listKeys(
  caller: Caller,
  { limit = 50, cursor }: { limit?: number; cursor?: string | undefined } = {},
): Promise<KeyList> {
  const rows = await store.list(placeOf(caller), limit + 1, cursor)
  const data = await viewsOf(rows.slice(0, limit))
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null }
}

/** All keys of the caller's environment that work, and the newest of those that do not any more; oldest first. */
export async function allKeys(caller: Caller): Promise<KeyView[]> {
  return viewsOf(await store.listWorking(placeOf(caller), 200))
}

/** One key, whatever its state; undefined where there is none of that id. */
export async function findKey(caller: Caller, id: string): Promise<KeyView | undefined> {
  const found = await store.read(placeOf(caller), id)
  return found ? viewOf(found) : undefined
}

/**
 * One key, whatever its state.
 *
 * @throws Problem not_found
 */
export async function readKey(caller: Caller, id: string): Promise<KeyView> {
  return viewOf(await store.read(placeOf(caller), id))
}

/**
 * Changes a key that still works. Scopes can only be taken away; a key that is being rotated cannot be made to last longer.
 * Another key makes it last longer, or opens it to more addresses, only within what it has itself; itself, not at all.
 *
 * @throws Problem invalid_request, insufficient_scope, not_found
 */
export async function updateKey(caller: Caller, id: string, request: KeyUpdate): Promise<KeyView> {
  const { name, scopes, allowedIps, expiresAt } = parse(keyUpdate, request)
  const change = (before: store.StoredKey, replaced: boolean) => {
    mayChange(caller, before)
    const more = scopes?.find((scope) => !before.scopes.split(' ').includes(scope))
    if (more)
      throw new Problem(
        'insufficient_scope',
        `A key’s scopes can only be taken away; it does not hold ${more}. Make a new key.`,
      )
    const expiry = expiresAt === undefined ? before.expiresAt : inFuture(expiresAt)
    if (replaced && lastsLonger(expiry, before.expiresAt)) {
      throw invalid('expiresAt', 'can only be earlier: the key is being replaced')
    }
    const bounds = {
      expiresAt: expiry,
      allowedIps: allowedIps ? canonicalAddresses(allowedIps) : before.allowedIps,
    }
    mayLoosen(caller, before, bounds)
    return {
      ...bounds,
      ...(replaced ? {} : { plannedExpiresAt: expiry }),
      ...(name === undefined ? {} : { name }),
      ...(scopes ? { scopes: scopesInOrder(scopes) } : {}),
    }
  }
  return viewOf(await store.update(placeOf(caller), id, change, recorded(caller, 'key.updated')))
}

/**
 * Revokes a key, and those that were handed on from it: the next request is refused, in every process. Of one that was
 * revoked before, nothing changes.
 *
 * @throws Problem not_found
 */
export async function revokeKey(caller: Caller, id: string): Promise<KeyView> {
  const allowed = (before: store.StoredKey) => mayChange(caller, before)
  const written = (handedOn: number) => recorded(caller, 'key.revoked', handedOn ? { handedOn } : {})
  return viewOf(await store.revoke(placeOf(caller), id, allowed, written))
}

/** The newest keys of a place in whose name or hint a text stands; so many at most. */
export function keysWithText(place: Place, text: string, most: number) {
  return store.withText(place, text, most)
}

/** How many keys of a place work: `maxWorking` at most, but where they were brought in from elsewhere; of those one more stands for all. */
export function countKeys(place: Place): Promise<number> {
  return countWorking(place, store.maxWorking + 1)
}

/** Whether any key of a place works. */
export const anyKeyWorks: (place: Place) => Promise<boolean> = anyWorks

/**
 * Where a key belongs, for those who may name a key by its id alone.
 *
 * @throws Problem not_found
 */
export async function placeOfKey(id: string): Promise<Place> {
  const place = await store.placeOf(id)
  if (!place) throw notFound()
  return place
}
