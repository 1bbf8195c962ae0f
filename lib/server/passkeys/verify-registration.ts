import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { RegistrationContext } from '#lib/webauthn/checks/context.ts'
import type { AttestationObject } from '#lib/webauthn/decode/index.ts'
import { ecdsaSignatureOf, statementFault } from './attestation-statement.ts'
import { certificatesFault, isRooted } from './certificates.ts'
import { type Expected, notAsked, type SecondOpinion, secondOpinion } from './second-opinion.ts'

/**
 * SimpleWebAuthn's opinion on a registration, and the verdict on the attestation statement alone, whatever else is wrong.
 *
 * One answer mostly tells both. Where it refuses before it comes to the statement it is asked again, with every other
 * expectation set to what the response says.
 */
export async function verifyRegistration(
  response: RegistrationResponseJSON,
  expected: Expected & { algorithms: number[]; conditional?: boolean },
  decoded: Pick<RegistrationContext, 'clientData' | 'attestationObject' | 'authenticatorData'>,
): Promise<Pick<RegistrationContext, 'opinion' | 'attestation'>> {
  const { clientData, attestationObject, authenticatorData } = decoded
  const statement = attestationObject.value
  const attested = authenticatorData?.value?.attestedCredentialData
  const errors = [...clientData.errors, ...attestationObject.errors, ...(authenticatorData?.errors ?? [])]
  if (errors.length > 0 || !statement || !attested?.publicKey) {
    const ecdsa = statement && ecdsaSignatureOf(statement)
    return { opinion: notAsked, attestation: { verified: undefined, reason: notAsked.reason, trusted: false, ecdsa } }
  }
  const reason = certificatesFault(statement)
  if (reason) {
    const opinion = { outcome: 'not asked', reason } as const
    return { opinion, attestation: attestationOf(statement, { ...opinion, proof: false }) }
  }
  const opinion = await secondOpinion(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origins,
      expectedRPID: expected.rpId,
      requireUserPresence: !expected.conditional,
      requireUserVerification: expected.userVerification === 'required',
      supportedAlgorithmIDs: expected.algorithms,
    }),
  )
  const { alg } = attested.publicKey
  // An algorithm that was not offered is refused as that; nobody need be able to verify it here.
  const offered = expected.algorithms.includes(alg)
  if (opinion.proof !== undefined || !offered) return { opinion, attestation: attestationOf(statement, opinion) }
  const id = Buffer.from(attested.credentialId).toString('base64url')
  const { type, origin } = clientData.value as { type: string; origin: string }
  const again = await secondOpinion(() =>
    verifyRegistrationResponse({
      response: { ...response, id, rawId: id, type: 'public-key' },
      expectedChallenge: () => true,
      expectedOrigin: origin,
      expectedType: [type],
      requireUserPresence: false,
      requireUserVerification: false,
      supportedAlgorithmIDs: [alg],
    }),
  )
  // Whatever nobody could verify is not valid.
  return { opinion, attestation: attestationOf(statement, { ...again, proof: again.proof ?? false }) }
}

/** The verdict on a statement. “none” has nothing to verify: the decoder has seen that it is empty. */
function attestationOf(
  statement: AttestationObject,
  { proof, reason }: SecondOpinion,
): RegistrationContext['attestation'] {
  const { fmt } = statement
  const fault = proof ? statementFault(statement) : undefined
  return {
    verified: fault === undefined ? fmt === 'none' || proof : false,
    reason: fault ?? reason,
    trusted: proof === true && isRooted(fmt),
    ecdsa: ecdsaSignatureOf(statement),
  }
}
