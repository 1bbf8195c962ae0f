import type { CreateOverrides, GetOverrides } from '#lib/webauthn/authenticator/overrides.ts'
import type { AuthenticationFault, Fault, RegistrationFault, Tampering, Truth } from '#lib/webauthn/faults/fault.ts'
import { faults } from '#lib/webauthn/faults/index.ts'

/** The faults that one answer can have: not those that are about when it is sent. */
export const tamperingFaults: readonly Fault[] = faults.filter(({ timing }) => timing === undefined)

type Tampered<Overrides> = (Tampering<Overrides> & Pick<Fault, 'title'>) | undefined

/** What a fault makes the answer say; undefined where it is none of this ceremony. */
export function tamperings(kind: 'registration', id: string | undefined, truth: Truth): Tampered<CreateOverrides>
export function tamperings(kind: 'authentication', id: string | undefined, truth: Truth): Tampered<GetOverrides>
export function tamperings(kind: Fault['ceremony'], id: string | undefined, truth: Truth) {
  const fault = tamperingFaults.find((each) => each.id === id && each.ceremony === kind)
  return fault && { title: fault.title, ...(fault as AuthenticationFault | RegistrationFault).tamper(truth) }
}
