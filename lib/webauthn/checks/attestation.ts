import { algorithmLabel } from '../algorithms.ts'
import { decodeCoseKey } from '../decode/cose-key.ts'
import type { AttestationObject } from '../decode/index.ts'
import { errorsOf } from '../decode/tree.ts'
import { brief } from './brief.ts'
import type { RegistrationContext } from './context.ts'
import { type Step, skipped, verdict, wellFormed } from './step.ts'

/** The attestation statement formats that can be verified here. */
const formats = ['packed', 'tpm', 'android-key', 'android-safetynet', 'fido-u2f', 'apple', 'none']

const undecoded = 'the attestation object does not decode'

/** @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation (self attestation: alg is the credential's own) */
function selfAttestedByAnother({ fmt, attStmt, authenticatorData }: AttestationObject): boolean {
  const alg = authenticatorData?.value?.attestedCredentialData?.publicKey?.alg
  return fmt === 'packed' && !attStmt.has('x5c') && alg !== undefined && attStmt.get('alg') !== alg
}

/** The new credential's key, and what vouches for it. */
export const attestationSteps: readonly Step<RegistrationContext>[] = [
  {
    id: 'attestation-object',
    title: 'Attestation object',
    registration: { step: 13, anchor: 'sctn-attestation' },
    evaluate: ({ attestationObject }) =>
      wellFormed(attestationObject, 'well-formed CBOR, nothing after it', ['attStmt', 'authData']),
  },
  {
    id: 'credential-public-key',
    title: 'Credential public key',
    registration: { step: 13, anchor: 'sctn-encoded-credPubKey-examples' },
    evaluate: ({ authenticatorData, publicKeyFault, expected: { algorithms } }) => {
      const data = authenticatorData?.value
      const expected = 'a whole and strong COSE key'
      if (!data) return skipped(expected, 'the authenticator data does not decode')
      if (!data.attestedCredentialData) return verdict(false, expected, 'no attested credential data')
      const key = decodeCoseKey(data.attestedCredentialData.credentialPublicKey)
      if (!key.value || key.errors.length > 0) return wellFormed(key, expected)
      // An algorithm that was not offered need not be known here; a step of its own refuses it.
      const fault = algorithms.includes(key.value.alg) ? publicKeyFault : undefined
      return verdict(!fault, expected, fault ?? algorithmLabel(key.value.alg))
    },
  },
  {
    id: 'algorithm',
    title: 'Algorithm',
    registration: { step: 20 },
    evaluate: ({ authenticatorData, expected: { algorithms } }) => {
      const expected = algorithms.map(algorithmLabel).join(' or ')
      const alg = authenticatorData?.value?.attestedCredentialData?.publicKey?.alg
      if (alg === undefined) return skipped(expected, 'there is no public key to read it from')
      return verdict(algorithms.includes(alg), expected, algorithmLabel(alg))
    },
  },
  {
    id: 'attestation-format',
    title: 'Attestation format',
    registration: { step: 21 },
    evaluate: ({ attestationObject: { value } }) =>
      value
        ? verdict(formats.includes(value.fmt), 'a known format', brief(value.fmt))
        : skipped('a known format', undecoded),
  },
  {
    id: 'attestation-statement',
    title: 'Attestation statement',
    registration: { step: 22, anchor: 'reg-ceremony-verify-attestation' },
    evaluate: ({ attestationObject: { node, value }, attestation: { verified, reason } }) => {
      const expected = 'valid'
      if (!value) return skipped(expected, undecoded)
      const errors = (node.children ?? []).filter(({ name }) => name === 'attStmt').flatMap((part) => errorsOf(part))
      if (errors.length > 0) return verdict(false, expected, brief(errors.join('; ')))
      if (selfAttestedByAnother(value)) return verdict(false, expected, 'its algorithm is not the public key’s')
      if (verified === undefined) return skipped(expected, reason ?? 'could not be verified')
      return verdict(verified, expected, verified ? 'valid' : (reason ?? 'not valid'))
    },
  },
  {
    // Untrusted is not refused: the passkey is kept as one for which nobody vouches, and never shown as trusted.
    id: 'attestation-trust',
    title: 'Attestation trust',
    registration: { step: 24, anchor: 'reg-ceremony-attestation-trust-anchors' },
    evaluate: ({ attestationObject: { value }, attestation: { verified, trusted } }) => {
      const expected = 'a known root, or nobody vouches for the authenticator'
      if (!value || !verified) return skipped(expected, 'the attestation statement is not verified')
      if (trusted) return verdict(true, expected, 'a known root vouches for the authenticator')
      if (value.fmt === 'none') return verdict(true, expected, 'no attestation: nobody vouches for the authenticator')
      return value.attStmt.has('x5c')
        ? skipped(expected, 'the certificate chains to no known root: kept as not trusted')
        : verdict(true, expected, 'self attestation: nobody vouches for the authenticator')
    },
  },
]
