import type { CountedOperation } from '#lib/contract/mpc-operations.ts'
import type { Meter } from '#lib/contract/usage.ts'

/**
 * What was made, beside how often was asked: each meter counts the good answers of the operations that make one, and no answer
 * that was given again. The
 * request's own count is the only one there is, so a meter can neither miss one nor have it twice.
 */
export const meters: Record<Meter, readonly CountedOperation[]> = {
  'passkey.registered': ['passkeys.register.finish'],
  'passkey.authenticated': ['passkeys.authenticate.finish', 'passkeys.approve.finish'],
  'token.issued': ['passkeys.authenticate.finish'],
  'mpc.key_generated': ['mpc.keygen.finish'],
  'mpc.signed': ['mpc.sign.finish'],
}
