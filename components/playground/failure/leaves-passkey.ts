import type { ErrorCode } from '#lib/contract/errors.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'

const codes: ReadonlySet<string> = new Set<ErrorCode>([
  'verification_failed',
  'ceremony_unknown',
  'invalid_request',
  'body_too_large',
])

/**
 * Whether an authenticator keeps a passkey that no server knows: one was made, and the server refused to keep it. One that
 * the server has already is another matter.
 */
export function leavesPasskey(kind: CeremonyKind, answered: boolean | undefined, code: string | undefined): boolean {
  return kind === 'registration' && answered === true && code !== undefined && codes.has(code)
}
