import type { CreateOverrides, GetOverrides } from '../authenticator/overrides.ts'
import type { CeremonyKind } from '../options.ts'

export const faultGroups = [
  'Client data',
  'Authenticator data',
  'Attestation',
  'Signature',
  'Outer members',
  'Timing',
] as const

/** What an attacker has at hand when a fault is made: the honest answer's members. */
export interface Truth {
  origin: string
  rpId: string
  /** base64url, of the ceremony under way. */
  challenge: string
  /** The passkey that answers, and another user's. */
  credentialId: string
  otherCredentialId: string
  /** That user's, in base64url; absent where the server has none but one. */
  otherUserHandle?: string | undefined
  /** What that user is called, where it is known. */
  otherUsername?: string | undefined
  /** The counter that the server has stored. */
  signCount: number
  /** COSE numbers of the algorithms that the server asks for. */
  offered: readonly number[]
}

/** What a fault says instead of the truth, and both in a line each for people. */
export interface Tampering<Overrides> {
  was: string
  is: string
  overrides: Overrides
}

interface FaultOf<Kind extends CeremonyKind, Overrides> {
  /** Stable, kebab-case; the same in every report. */
  id: string
  title: string
  ceremony: Kind
  group: (typeof faultGroups)[number]
  /** Who would do that, and what for. */
  attack: string
  /** Where it is changed, and whether the signature still stands. */
  where: string
  /** The check that must refuse it, by its id; a ceremony that is over, or a passkey that is taken, has a code of its own. */
  refusedBy: string
  tamper: (truth: Truth) => Tampering<Overrides>
  /** What the ceremony is begun with, where the fault needs more than the defaults. */
  options?: Readonly<Record<string, unknown>>
  /**
   * When and with what it is answered: `used`: with the answer to an earlier ceremony, `twice`: with one answer two times, `late`: once its five
   * minutes have passed. Absent: at once.
   */
  timing?: 'used' | 'twice' | 'late'
}

export type RegistrationFault = FaultOf<'registration', CreateOverrides & { algorithm?: number }>
export type AuthenticationFault = FaultOf<'authentication', GetOverrides>

/** One way to break a ceremony: what is changed, where, and what must refuse it. The server has no hole for any of them. */
export type Fault = RegistrationFault | AuthenticationFault
