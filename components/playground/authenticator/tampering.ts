import type { CreateOverrides, GetOverrides } from '#lib/webauthn/authenticator/overrides.ts'
import type { AuthenticationFault, Fault, RegistrationFault, Truth } from '#lib/webauthn/faults/fault.ts'
import { faults } from '#lib/webauthn/faults/index.ts'

/** The faults that one answer can have: not those that are about when it is sent. */
export const tamperingFaults: readonly Fault[] = faults.filter(({ timing }) => timing === undefined)

/** What a fault makes the answer say; undefined where it is none of this ceremony. */
export function tamperings(kind: 'registration', id: string | undefined, truth: Truth): CreateOverrides | undefined
export function tamperings(kind: 'authentication', id: string | undefined, truth: Truth): GetOverrides | undefined
export function tamperings(kind: Fault['ceremony'], id: string | undefined, truth: Truth) {
  const fault = tamperingFaults.find((each) => each.id === id && each.ceremony === kind)
  return (fault as (AuthenticationFault | RegistrationFault) | undefined)?.tamper(truth).overrides
}
