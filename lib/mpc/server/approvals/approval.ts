import { createHash } from 'node:crypto'
import { ConnectError } from '@connectrpc/connect'
import canonicalize from 'canonicalize'
import { approvalType } from '#lib/contract/token.ts'
import { refusal } from '../refusal.ts'
import { type Caller, claimsOf } from '../tokens/caller.ts'
import { verified } from '../tokens/verified.ts'
import * as store from './store.ts'

/** What an approval has to be for. What its user was shown with it is not compared: the hash is what binds. */
export interface Wanted {
  type: 'mpc.sign' | 'mpc.reshare' | 'mpc.unfreeze' | 'mpc.update' | 'mpc.delete'
  keyId: string
  /** Of a message or a change: SHA-256, base64url. */
  messageHash?: string
}

/** What an approval of a change is bound to: SHA-256 of its canonical JSON (RFC 8785), base64url. */
export function hashOfChange(change: object): string {
  return createHash('sha256')
    .update(String(canonicalize(change)))
    .digest('base64url')
}

/** An approval that is good, and still to be used. */
export interface Approval {
  /**
   * Uses it, in the transaction of what it approves.
   *
   * @throws ConnectError PERMISSION_DENIED where it was used before
   */
  use(tx: store.Transaction): Promise<void>
}

/**
 * Verifies an approval: of the same issuer and for the same audience as the token, by the caller's own user in the same tenant
 * and environment, for exactly this action.
 *
 * @throws ConnectError PERMISSION_DENIED with approval_required or approval_invalid; UNAVAILABLE
 */
export async function approvalOf(jwt: string, caller: Caller, wanted: Wanted): Promise<Approval> {
  if (jwt === '') {
    throw refusal('approval_required', `This needs an approval of the action ${wanted.type}: ask the user’s passkey.`, {
      metadata: { action: wanted.type },
    })
  }
  const { type, payload } = await verifiedApproval(jwt, caller)
  if (type !== approvalType) throw invalid('it is another kind of token')
  const { tenantId, environment, sub } = claimsOf(payload)
  if (tenantId !== caller.tenantId || environment !== caller.environment || sub !== caller.sub) {
    throw invalid('another user gave it')
  }
  const { display: _, change: __, ...action } = (payload.action ?? {}) as Record<string, unknown>
  if (canonicalize(action) !== canonicalize(wanted)) throw invalid('it is for another action')
  const { jti, exp } = payload as { jti: string; exp: number }
  return {
    async use(tx) {
      if (await store.use(jti, new Date(exp * 1000), tx)) return
      throw refusal('approval_used', 'The approval was used before, and is good once: ask for another.')
    },
  }
}

async function verifiedApproval(jwt: string, { audience }: Caller) {
  try {
    return await verified(jwt, audience)
  } catch (error) {
    const refused = ConnectError.from(error)
    if (refused.metadata.has('retry-after')) throw error
    throw invalid(/expired/.test(refused.rawMessage) ? 'it has expired' : 'it does not verify', error)
  }
}

function invalid(why: string, cause?: unknown): ConnectError {
  return refusal('approval_invalid', `The approval is not good for this: ${why}.`, { cause })
}
