import type { Place } from '../caller.ts'
import * as passkeys from './store.ts'
import * as store from './users/store.ts'

/** A user of a tenant's environment, as other domains know them. */
export interface User {
  id: string
  username: string
  displayName: string
}

/** The user of an id in a place; null where there is none, or only in another. */
export function findUserOf(place: Place, id: string): Promise<User | null> {
  return store.findUserById(place, id)
}

/** The user of a place of an id, or of a username. */
export async function userNamed(place: Place, idOrName: string): Promise<User | null> {
  return (await store.findUserById(place, idOrName)) ?? (await store.findUserByName(place, idOrName))
}

/** Where a user belongs; null for one that does not exist. */
export function placeOfUser(id: string): Promise<Place | null> {
  return store.placeOfUser(id)
}

/**
 * Where a passkey is, by what a sign-in with it tells: the handle of its user, or the one that was chosen for it in a test
 * environment. Of passkeys that tell the same, a user’s own goes first, then the oldest. Null for none.
 */
export function placeOfPasskey(credentialId: string, userHandle: string): Promise<Place | null> {
  return passkeys.placeOfPasskey(credentialId, userHandle)
}

/** The usernames of some users of a place, by their ids; who is not there has none. */
export function usernamesOf(place: Place, ids: string[]): Promise<Map<string, string>> {
  return store.usernamesOf(place, ids)
}

/**
 * The ids of users of a place whose username begins with a text, as it is, in small letters or with a capital; of the newest
 * 2,000, those in whose username it stands, in either case of letters. So many at most.
 */
export function usersNamed(place: Place, text: string, most: number): Promise<string[]> {
  return store.usersNamed(place, writtenAs(text), most)
}

/** A text in the ways in which names are mostly written, itself first: each is a look into the index. */
export function writtenAs(text: string): string[] {
  return [...new Set([text, text.toLowerCase(), text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()])]
}
