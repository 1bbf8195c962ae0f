import { randomUUID } from 'node:crypto'
import type { MpcKeyChange, MpcKeyEventType, MpcKeyState } from '#lib/contract/mpc-key-events.ts'
import { later } from '../clock.ts'
import type { StoredKey } from '../keys/key.ts'
import type { Owner } from '../tokens/caller.ts'
import type { Member } from '../tokens/tenant-caller.ts'
import { keep } from './outbox.ts'
import type { Transaction } from './store.ts'

/** What of a key the audit log tells. */
export type Told = Pick<StoredKey, 'label' | 'policy' | 'frozenBy'> & {
  suite: string
  threshold: number
  parties: readonly string[]
  generation: number
}

/** A key before and after; undefined where it was not there. */
export interface Change {
  keyId: string
  before?: Told | undefined
  after?: Told | undefined
}

/**
 * Tells the tenant's audit log of a change of a key, in the transaction that makes it. What changes nothing is not told, and
 * no more is a new label alone: its user gives it as often as they like.
 *
 * @param by whose key it is, who made the change themselves; or the tenant's member
 */
export async function tell(
  type: MpcKeyEventType,
  by: Pick<Owner, 'tenantId' | 'environment'> & ({ sub: string } | { member: Member }),
  change: Change,
  tx: Transaction,
): Promise<void> {
  const [before, after] = [stateOf(change.before), stateOf(change.after)]
  if (before && after && isSame(before, { ...after, label: before.label })) return
  const { tenantId, environment } = by
  const data: MpcKeyChange = {
    ...{ tenantId, environment, keyId: change.keyId, before, after },
    actor: 'member' in by ? actorOf(by.member) : { type: 'user', id: by.sub },
    at: later().toISOString(),
  }
  await keep(randomUUID(), type, data, tx)
}

/** A user is known to the auth server by the id. */
function actorOf({ type, ...member }: Member): MpcKeyChange['actor'] {
  return type === 'user' ? { type, id: member.id } : { type, ...member }
}

/** A stored key as the audit log tells it. */
export function toldOfKey(stored: StoredKey): Told {
  return { ...stored, ...stored.key }
}

function isSame(one: MpcKeyState, other: MpcKeyState): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function stateOf(told: Told | undefined): MpcKeyState | null {
  if (!told) return null
  const { label, suite, threshold, parties, policy, frozenBy, generation } = told
  const { approval, maxPerHour } = policy
  return {
    ...{ label, suite, threshold, parties: [...parties], approval, maxPerHour: maxPerHour || null },
    ...{ frozenBy: [...frozenBy], resharings: generation },
  }
}
