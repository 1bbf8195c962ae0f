import type { Place } from '../caller.ts'
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

/** Where a user belongs; null for one that does not exist. */
export function placeOfUser(id: string): Promise<Place | null> {
  return store.placeOfUser(id)
}
