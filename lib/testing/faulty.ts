import type { CreateOverrides, GetOverrides } from '#lib/webauthn/authenticator/overrides.ts'
import type { AuthenticationFault, RegistrationFault, Truth } from '#lib/webauthn/faults/fault.ts'
import { faults } from '#lib/webauthn/faults/index.ts'
import type { CeremonyKind } from '#lib/webauthn/options.ts'

/**
 * What a fault of the lab makes one answer say instead of the truth.
 *
 * @throws TypeError where there is no such fault of this ceremony, or where it is one of when an answer is sent
 */
export function faulty(
  kind: 'registration',
  id: string | undefined,
  truth: () => Truth,
): CreateOverrides & { algorithm?: number }
export function faulty(kind: 'authentication', id: string | undefined, truth: () => Truth): GetOverrides
export function faulty(kind: CeremonyKind, id: string | undefined, truth: () => Truth) {
  if (id === undefined) return {}
  const fault = faults.find((one) => one.id === id && one.ceremony === kind)
  if (!fault) throw new TypeError(`there is no fault “${id}” of a ${kind}`)
  if (fault.timing) throw new TypeError(`“${id}” is about when an answer is sent, and not about what it says`)
  return (fault as RegistrationFault | AuthenticationFault).tamper(truth()).overrides
}
