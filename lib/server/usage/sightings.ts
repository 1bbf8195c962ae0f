import { addressesSince, lastSeen } from './store.ts'

/** From where a key was used, and when last. `address` is null where the server could not know it. */
export interface Sighting {
  address: string | null
  firstSeenAt: Date
  lastSeenAt: Date
}

/** When each of some keys was last used; keys that never were are left out. Exact to a second. */
export async function lastUses(keyIds: string[]): Promise<Map<string, Date>> {
  return keyIds.length === 0 ? new Map() : lastSeen([...new Set(keyIds)])
}

/** The addresses that used a key since a moment, the latest first, at most 100. */
export async function addressesOf(keyId: string, since: Date): Promise<Sighting[]> {
  return (await addressesSince(keyId, since, 100)).map(({ address, firstSeenAt, lastSeenAt }) => ({
    address: address || null,
    firstSeenAt,
    lastSeenAt,
  }))
}
