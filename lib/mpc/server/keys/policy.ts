import type { ConnectError } from '@connectrpc/connect'
import { clock } from '../clock.ts'
import { refusal } from '../refusal.ts'
import type { Owner } from '../tokens/caller.ts'
import type { StoredKey } from './key.ts'
import * as store from './store.ts'

const hour = 3_600_000

/** What a key may still sign within this hour. */
export interface Limit {
  left: number
  /** When it may sign once more; null where it has not signed. */
  moreAt: Date | null
}

/**
 * A caller's own key.
 *
 * @throws ConnectError NOT_FOUND, of another's key too
 */
export async function ownKey(owner: Owner, id: string, tx?: store.Transaction): Promise<StoredKey> {
  const stored = await store.find(owner, id, tx)
  if (!stored) throw refusal('not_found', 'There is no such key of this user.')
  return stored
}

/** What the policy of a key leaves within this hour; undefined where it sets no limit. */
export async function leftThisHour({ id, policy }: StoredKey, tx?: store.Transaction): Promise<Limit | undefined> {
  if (policy.maxPerHour === 0) return undefined
  const { count, first } = await store.signedWithinAnHour(id, tx)
  return { left: Math.max(0, policy.maxPerHour - count), moreAt: first && new Date(first.getTime() + hour) }
}

/** The refusal of a key that has signed as often as its policy allows. */
export function limited({ moreAt }: Limit): ConnectError {
  const retryAfter = Math.max(1, Math.ceil(((moreAt?.getTime() ?? 0) - clock.now()) / 1000))
  return refusal('policy_limit', 'The key’s policy allows no more signatures within this hour.', { retryAfter })
}

/**
 * That a key is not frozen.
 *
 * @throws ConnectError PERMISSION_DENIED, which says who may undo it
 */
export function refuseFrozen({ frozenBy }: StoredKey): void {
  if (frozenBy.length === 0) return
  const undone = frozenBy.includes('tenant') ? 'Only its tenant unfreezes it' : 'Unfreezing it needs an approval'
  throw refusal('key_frozen', `The key is frozen and signs nothing. ${undone}.`)
}
