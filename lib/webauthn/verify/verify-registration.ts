import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { RegistrationContext } from '../checks/context.ts'
import { fromBase64url, toBase64url } from '../decode/bytes.ts'
import type { AttestationObject } from '../decode/index.ts'
import { errorsOf } from '../decode/tree.ts'
import { androidKeyFault } from './android-key.ts'
import { ecdsaSignatureOf, statementFault } from './attestation-statement.ts'
import { certificatesFault } from './certificates.ts'
import type { Change } from './differences.ts'
import { edwardsStatementFault, isEdwardsStatement } from './edwards-statement.ts'
import { type Expected, notAsked, type SecondOpinion, secondOpinion } from './second-opinion.ts'
import { inPeriod, type Shown, withoutStatement } from './shown.ts'

type Verdict = Pick<RegistrationContext['attestation'], 'verified' | 'reason' | 'ecdsa'>

type Decoded = Pick<RegistrationContext, 'clientData' | 'attestationObject' | 'authenticatorData'>

/**
 * SimpleWebAuthn's opinion on a registration, and the verdict on the attestation statement alone, whatever else is wrong.
 * Where nothing is asked of the statement there is no verdict on it.
 *
 * One answer mostly tells both. Where it refuses before it comes to the statement it is asked again, with every other
 * expectation set to what the response says.
 *
 * @param now milliseconds since 1970
 */
export async function verifyRegistration(
  response: RegistrationResponseJSON,
  expected: Expected & { algorithms: number[]; conditional?: boolean } & Pick<
      RegistrationContext['expected'],
      'attestation'
    >,
  decoded: Decoded,
  now: number,
): Promise<{ opinion: RegistrationContext['opinion']; attestation: Verdict }> {
  const { clientData, attestationObject, authenticatorData } = decoded
  const statement = attestationObject.value
  const attested = authenticatorData?.value?.attestedCredentialData
  const asksNothing = expected.attestation?.policy === 'none'
  if (!isWhole(decoded, asksNothing) || !statement || !attested?.publicKey) {
    const ecdsa = statement && ecdsaSignatureOf(statement)
    return { opinion: notAsked, attestation: { verified: undefined, reason: notAsked.reason, ecdsa } }
  }
  const reason = asksNothing ? undefined : certificatesFault(statement)
  if (reason) {
    const opinion = { outcome: 'not asked', reason } as const
    return { opinion, attestation: attestationOf(statement, { ...opinion, proof: false }) }
  }
  const shown = asksNothing ? withoutStatement(response, statement) : shownOf(response, statement, now)
  const opinion = await secondOpinion((...changes) =>
    verifyRegistrationResponse({
      response: changed(shown.response, changes),
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origins,
      expectedRPID: expected.rpId,
      requireUserPresence: !expected.conditional,
      requireUserVerification: expected.userVerification === 'required',
      supportedAlgorithmIDs: expected.algorithms,
    }),
  )
  const told = opinion.outcome === 'verified' && shown.otherwise ? { ...opinion, ...shown.otherwise } : opinion
  if (asksNothing) return { opinion: told, attestation: { verified: undefined } }
  const fault = faultHere(statement)
  if (fault) {
    const reason = await fault(statement, fromBase64url(response.response.clientDataJSON) ?? new Uint8Array())
    return { opinion: told, attestation: attestationOf(statement, { ...told, proof: reason === undefined, reason }) }
  }
  const { alg } = attested.publicKey
  // An algorithm that was not offered is refused as that; nobody need be able to verify it here.
  const offered = expected.algorithms.includes(alg)
  if (opinion.proof !== undefined || !offered) return { opinion: told, attestation: attestationOf(statement, opinion) }
  const id = toBase64url(attested.credentialId)
  const { type, origin } = clientData.value as { type: string; origin: string }
  const again = await secondOpinion((...changes) =>
    verifyRegistrationResponse({
      response: { ...changed(shown.response, changes), id, rawId: id, type: 'public-key' },
      expectedChallenge: () => true,
      expectedOrigin: origin,
      expectedType: [type],
      requireUserPresence: false,
      requireUserVerification: false,
      supportedAlgorithmIDs: [alg],
    }),
  )
  // Whatever nobody could verify is not valid.
  return { opinion: told, attestation: attestationOf(statement, { ...again, proof: again.proof ?? false }) }
}

/** A response with parts of it as SimpleWebAuthn reads them. */
function changed(response: RegistrationResponseJSON, changes: readonly Change[]): RegistrationResponseJSON {
  return changes.reduce((each, change) => change(each), response)
}

/** Whether everything decodes that is to be read: of a statement of which nothing is asked, nothing is. */
function isWhole({ clientData, attestationObject, authenticatorData }: Decoded, asksNothing: boolean): boolean {
  const object = asksNothing ? errorsOf(attestationObject.node, ['attStmt', 'authData']) : attestationObject.errors
  return [...clientData.errors, ...object, ...(authenticatorData?.errors ?? [])].length === 0
}

/** What judges a statement that is verified here alone. */
function faultHere(statement: AttestationObject): typeof androidKeyFault | undefined {
  if (statement.fmt === 'android-key') return androidKeyFault
  return isEdwardsStatement(statement) ? edwardsStatementFault : undefined
}

function shownOf(response: RegistrationResponseJSON, statement: AttestationObject, now: number): Shown {
  const fault = faultHere(statement)
  if (!fault) return inPeriod(response, statement, now)
  const why =
    fault === androidKeyFault
      ? 'it would fetch the revocation lists that the certificates name'
      : 'it knows no statement that is signed on this curve'
  return withoutStatement(response, statement, { outcome: 'not asked', reason: `${why}; the rest it verifies` })
}

/** The verdict on a statement. “none” has nothing to verify: the decoder has seen that it is empty. */
function attestationOf(statement: AttestationObject, { proof, reason }: SecondOpinion): Verdict {
  const fault = proof ? statementFault(statement) : undefined
  return {
    verified: fault === undefined ? statement.fmt === 'none' || proof : false,
    reason: fault ?? reason,
    ecdsa: ecdsaSignatureOf(statement),
  }
}
