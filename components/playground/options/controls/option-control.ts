import type { WebAuthnOption } from '#lib/webauthn/options.ts'
import { Mistake } from '../mistake.ts'

/**
 * What every kind of option control gets. Undefined is unset: WebAuthn's own default holds. A mistake takes the value's
 * place.
 */
export interface OptionControlProps {
  id: string
  option: WebAuthnOption
  value: unknown
  onChange: (value: unknown) => void
}

/** The ids of the words that describe an option’s control: its note, and what is wrong with it. */
export function describedBy(id: string, value: unknown): string {
  return `${id}-note${value instanceof Mistake ? ` ${id}-error` : ''}`
}
