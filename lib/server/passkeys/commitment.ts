import { createHash, randomBytes } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Action } from '#lib/contract/action.ts'
import { Problem } from '../problem.ts'

/** What a challenge commits to: with it anybody can make the challenge again, and nobody finds another action for it. */
export interface Committed {
  /** The action in canonical JSON (RFC 8785). */
  action: string
  /** 32 random bytes, base64url. */
  salt: string
}

/**
 * An action as it is committed to, with fresh random bytes.
 *
 * @throws Problem invalid_request
 */
export function commit(action: Action): Committed {
  refuseOtherChange(action)
  return { action: String(canonicalize(action)), salt: randomBytes(32).toString('base64url') }
}

/**
 * The challenge that commits to an action, base64url: SHA-256 over the random bytes and the action's canonical JSON. What
 * the passkey signs is bound to the action by it.
 */
export function challengeOf({ action, salt }: Committed): string {
  return createHash('sha256').update(Buffer.from(salt, 'base64url')).update(action).digest('base64url')
}

/**
 * That the change which the user reads is the one whose hash they approve.
 *
 * @throws Problem invalid_request
 */
export function refuseOtherChange({ change, messageHash }: Action): void {
  if (
    !change ||
    createHash('sha256')
      .update(String(canonicalize(change)))
      .digest('base64url') === messageHash
  )
    return
  const message = 'is not the hash of the canonical JSON of change'
  throw new Problem('invalid_request', `action.messageHash: ${message}`, {
    issues: [{ path: 'action.messageHash', message }],
  })
}

/** The action that was committed to. */
export function actionOf({ action }: Committed): Action {
  return JSON.parse(action)
}
