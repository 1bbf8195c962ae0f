import type { Validation } from '#lib/webauthn/related-origins.ts'

/** A validation, and whose it was: the fields may say something else by now. */
export interface Validated extends Validation {
  rpId: string
  caller: string
}
