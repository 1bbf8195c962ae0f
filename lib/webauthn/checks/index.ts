import { assertionSteps } from './assertion.ts'
import { attestationSteps, modelSteps } from './attestation.ts'
import { authenticatorDataSteps } from './authenticator-data.ts'
import type { Check } from './check.ts'
import { clientDataSteps } from './client-data.ts'
import { commitmentSteps } from './commitment.ts'
import type { AuthenticationContext, RegistrationContext } from './context.ts'
import { credentialSteps, knownCredentialSteps, newCredentialSteps } from './credential.ts'
import { secondOpinionSteps } from './second-opinion.ts'
import { assertionEncodingSteps, attestationEncodingSteps } from './signature-encoding.ts'
import { evaluate } from './step.ts'

export { type Check, failed } from './check.ts'
export type { AuthenticationContext, CeremonyExpectation, RegistrationContext } from './context.ts'

/**
 * Every step of WebAuthn §7.1 that a server takes, judged past the first failure, and a second opinion on the whole.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
export function registrationChecks(context: RegistrationContext): Check[] {
  const steps = [
    ...credentialSteps,
    ...newCredentialSteps,
    ...clientDataSteps,
    ...attestationEncodingSteps,
    ...attestationSteps,
    ...(context.expected.attestation?.allowedAaguids.length ? modelSteps : []),
    ...authenticatorDataSteps,
    ...secondOpinionSteps,
  ]
  return evaluate('registration', steps, context)
}

/**
 * Every step of WebAuthn §7.2 that a server takes, judged past the first failure, and a second opinion on the whole; of an
 * approval, also that its challenge commits to the action.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export function authenticationChecks(context: AuthenticationContext): Check[] {
  const steps = [
    ...credentialSteps,
    ...knownCredentialSteps,
    ...clientDataSteps,
    ...authenticatorDataSteps,
    ...assertionEncodingSteps,
    ...assertionSteps,
    ...(context.expected.commitment ? commitmentSteps : []),
    ...secondOpinionSteps,
  ]
  return evaluate('authentication', steps, context)
}
