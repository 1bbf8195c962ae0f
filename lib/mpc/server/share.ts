import type { KeyShare } from '../protocol/key.ts'
import type { StoredKey } from './keys/key.ts'
import { seal, unseal } from './sealed.ts'
import type { Owner } from './tokens/caller.ts'

/** Seals this server's share of a key for storage. */
export function sealShare(owner: Owner, keyId: string, { generation, secret }: KeyShare): string {
  return seal(secret, boundTo(owner, keyId, generation))
}

/** This server's share of a key. */
export function shareOf(stored: StoredKey): KeyShare {
  const { generation } = stored.key
  return { party: 'server', generation, secret: unseal(stored.share, boundTo(stored, stored.id, generation)) }
}

function boundTo({ tenantId, environment, sub }: Owner, keyId: string, generation: number): (string | number)[] {
  return ['share', tenantId, environment, sub, keyId, 'server', generation]
}
