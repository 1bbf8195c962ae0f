import { DER } from '@noble/curves/abstract/der.js'
import type { AuthenticationContext, RegistrationContext } from './context.ts'
import { type Step, skipped, type Verdict, verdict } from './step.ts'

/** No integer of a curve that WebAuthn uses is longer: P-521's, with the zero that keeps it positive. */
const longestInteger = 67

const common = { id: 'signature-encoding', title: 'Signature encoding' }
const expected = 'DER, where it is ECDSA: two positive integers in the fewest bytes, nothing after them'
const anchor = 'sctn-signature-attestation-types'

/**
 * ECDSA signatures are DER, which writes a signature in one way only. Verifiers that take more than that let anybody make a
 * second signature of a good one.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-signature-attestation-types
 */
export const assertionEncodingSteps: readonly Step<AuthenticationContext>[] = [
  {
    ...common,
    authentication: { step: 21, anchor },
    evaluate: ({ signature, passkey }) =>
      passkey ? judge(signature.ecdsa) : skipped(expected, 'the credential is not registered here'),
  },
]

export const attestationEncodingSteps: readonly Step<RegistrationContext>[] = [
  {
    ...common,
    registration: { step: 22, anchor },
    evaluate: ({ attestation, attestationObject: { value }, expected: { attestation: demand } }) => {
      if (demand?.policy === 'none') return skipped(expected, 'the policy asks nothing of the statement')
      return value ? judge(attestation.ecdsa) : skipped(expected, 'the attestation object does not decode')
    },
  },
]

function judge(ecdsa: Uint8Array | undefined): Verdict {
  if (!ecdsa) return verdict(true, expected, 'no ECDSA signature')
  try {
    DER.toSig(ecdsa, longestInteger)
    return verdict(true, expected, 'DER')
  } catch {
    return verdict(false, expected, 'not DER')
  }
}
