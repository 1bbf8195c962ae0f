import type { WebAuthnOption } from '#lib/webauthn/options.ts'
import { Mistake } from './option-mistake.ts'

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

/** The frame's look: dashed and faint while unset, solid once chosen. */
export function frameOf(set: boolean, invalid = false): string {
  const line = invalid ? 'border-bad' : set ? 'border-accent' : 'border-line-strong border-dashed text-soft'
  return `w-full rounded-lg border bg-card px-2.5 py-1.5 text-[13px] transition-colors ${line}`
}

/** The id of the words that say what is wrong with an option; empty while nothing is. */
export function mistakeId(id: string, value: unknown): string {
  return value instanceof Mistake ? `${id}-error` : ''
}
