import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server'
import { verifySignature } from '@simplewebauthn/server/helpers'
import type { AuthenticationContext } from '../checks/context.ts'
import { fromBase64url } from '../decode/bytes.ts'
import { decodeCoseKey } from '../decode/cose-key.ts'
import { isEcdsa } from './attestation-statement.ts'
import { isSignedOn } from './edwards.ts'
import { type Expected, notAsked, secondOpinion } from './second-opinion.ts'

/** The number of Ed448. */
const ed448 = -53

/**
 * SimpleWebAuthn's opinion on an authentication, and the verdict on the signature alone, whatever else is wrong: of one
 * question, where its answer tells both.
 */
export async function verifyAuthentication(
  response: AuthenticationResponseJSON,
  expected: Expected & { appId?: string | undefined },
  { clientData, authenticatorData }: Pick<AuthenticationContext, 'clientData' | 'authenticatorData'>,
  { publicKey, algorithm, signCount }: { publicKey: Uint8Array<ArrayBuffer>; algorithm: number; signCount: number },
): Promise<Pick<AuthenticationContext, 'opinion' | 'signature'>> {
  const { value: key } = decodeCoseKey(publicKey)
  if (key?.alg === ed448 && key.x) {
    const valid = await isSignedOn(
      'Ed448',
      key.x,
      await signedBy(response.response),
      bytesOf(response.response.signature),
    )
    const reason = 'it knows no Ed448; the steps judge the rest'
    return { opinion: { outcome: 'not asked', reason }, signature: { valid } }
  }
  const errors = [...clientData.errors, ...authenticatorData.errors]
  const opinion =
    errors.length > 0
      ? notAsked
      : await secondOpinion(() =>
          verifyAuthenticationResponse({
            response,
            expectedChallenge: expected.challenge,
            expectedOrigin: expected.origins,
            expectedRPID: expected.appId === undefined ? expected.rpId : [expected.rpId, expected.appId],
            requireUserVerification: expected.userVerification === 'required',
            credential: { id: response.id, publicKey, counter: signCount },
          }),
        )
  const { proof, reason } =
    'proof' in opinion && opinion.proof !== undefined ? opinion : await signatureAlone(response.response, publicKey)
  const ecdsa = isEcdsa(algorithm) ? bytesOf(response.response.signature) : undefined
  return { opinion, signature: { valid: proof, reason, ecdsa } }
}

/** The verdict on a signature over what was sent, which need not decode. */
async function signatureAlone(response: AuthenticationResponseJSON['response'], publicKey: Uint8Array<ArrayBuffer>) {
  const data = await signedBy(response)
  return secondOpinion(async () => ({
    verified: await verifySignature({
      signature: bytesOf(response.signature),
      data,
      credentialPublicKey: publicKey,
    }),
  }))
}

/** What an authenticator signs. @see https://www.w3.org/TR/webauthn-3/#sctn-op-get-assertion */
async function signedBy(response: AuthenticationResponseJSON['response']): Promise<Uint8Array<ArrayBuffer>> {
  const hash = await crypto.subtle.digest('SHA-256', bytesOf(response.clientDataJSON))
  return Uint8Array.from([...bytesOf(response.authenticatorData), ...new Uint8Array(hash)])
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return fromBase64url(text) ?? new Uint8Array()
}
