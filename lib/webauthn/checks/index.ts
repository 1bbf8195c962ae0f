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
import { evaluate, inOrder, placed, type Step } from './step.ts'

export { type Check, failed } from './check.ts'
export type { AuthenticationContext, CeremonyExpectation, RegistrationContext } from './context.ts'

const stepsOf = {
  registration: [
    ...credentialSteps,
    ...newCredentialSteps,
    ...clientDataSteps,
    ...attestationEncodingSteps,
    ...attestationSteps,
    ...authenticatorDataSteps,
    ...secondOpinionSteps,
  ] satisfies Step<RegistrationContext>[],
  authentication: [
    ...credentialSteps,
    ...knownCredentialSteps,
    ...clientDataSteps,
    ...authenticatorDataSteps,
    ...assertionEncodingSteps,
    ...assertionSteps,
    ...secondOpinionSteps,
  ] satisfies Step<AuthenticationContext>[],
} as const

const { registration, authentication } = stepsOf
const ordered = {
  registration: inOrder('registration', registration),
  ofModels: inOrder('registration', [...registration, ...modelSteps]),
  authentication: inOrder('authentication', authentication),
  approval: inOrder('authentication', [...authentication, ...commitmentSteps]),
}

/** What a check of a ceremony is called, and where the specification has it; undefined where none has that id. */
export function checkNamed(
  ceremony: keyof typeof stepsOf,
  id: string,
): Pick<Check, 'id' | 'title' | 'spec' | 'step'> | undefined {
  const steps: readonly Omit<Step<never>, 'evaluate'>[] = stepsOf[ceremony]
  const step = steps.find((each) => each.id === id && each[ceremony])
  const place = step?.[ceremony]
  return step && place ? placed(ceremony, step, place) : undefined
}

/**
 * Every step of WebAuthn §7.1 that a server takes, judged past the first failure, and a second opinion on the whole.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-registering-a-new-credential
 */
export function registrationChecks(context: RegistrationContext): Check[] {
  const isOfModels = context.expected.attestation?.allowedAaguids.length
  return evaluate(isOfModels ? ordered.ofModels : ordered.registration, context)
}

/**
 * Every step of WebAuthn §7.2 that a server takes, judged past the first failure, and a second opinion on the whole; of an
 * approval, also that its challenge commits to the action.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion
 */
export function authenticationChecks(context: AuthenticationContext): Check[] {
  return evaluate(context.expected.commitment ? ordered.approval : ordered.authentication, context)
}
