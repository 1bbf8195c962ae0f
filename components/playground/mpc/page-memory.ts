import type { RecoveryFile } from '#lib/sdk/mpc/index.ts'
import { tokenParts } from '../token/token-parts.ts'
import type { ExpiredApproval } from './attacking.ts'

// What this page knows and nobody else: it outlives the views, and ends with the page.

const files = new Map<string, readonly RecoveryFile[]>()
const approvals = new Map<string, ExpiredApproval>()

/** The files of a key's user-held parties that were made in this page, and not put away. */
export function filesOf(keyId: string): readonly RecoveryFile[] {
  return files.get(keyId) ?? []
}

export function rememberFiles(keyId: string, made: readonly RecoveryFile[]): void {
  files.set(keyId, made)
}

/** Keeps a user's first approval: once it has ended it shows that an old one is refused. */
export function rememberApproval(approval: string): void {
  const { sub, exp } = tokenParts(approval).payload
  if (typeof sub === 'string' && typeof exp === 'number' && !approvals.has(sub))
    approvals.set(sub, { approval, expiredAt: exp * 1000 })
}

/** An approval that a user gave in this page and that has ended, by some seconds lest clocks differ. */
export function expiredApproval(sub: string): ExpiredApproval | undefined {
  const kept = approvals.get(sub)
  return kept && kept.expiredAt + 5_000 < Date.now() ? kept : undefined
}
