import { algorithmLabel } from '../algorithms.ts'
import { decodeCoseKey } from '../decode/cose-key.ts'
import { count } from '../decode/count.ts'
import type { AttestationObject } from '../decode/index.ts'
import { errorsOf } from '../decode/tree.ts'
import { brief } from './brief.ts'
import type { AttestationDemand, RegistrationContext } from './context.ts'
import { type Step, skipped, verdict, wellFormed } from './step.ts'

/** The attestation statement formats that can be verified here. */
const formats = ['packed', 'tpm', 'android-key', 'android-safetynet', 'fido-u2f', 'apple', 'none']

const undecoded = 'the attestation object does not decode'
const notLooked = 'the policy asks nothing of the statement'

const asksNothing = (demand: AttestationDemand | undefined) => demand?.policy === 'none'

/** @see https://www.w3.org/TR/webauthn-3/#self-attestation */
function isSelf({ fmt, attStmt }: AttestationObject): boolean {
  return fmt === 'packed' && !attStmt.has('x5c')
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation (self attestation: alg is the credential's own) */
function selfAttestedByAnother(object: AttestationObject): boolean {
  const alg = object.authenticatorData?.value?.attestedCredentialData?.publicKey?.alg
  return isSelf(object) && alg !== undefined && object.attStmt.get('alg') !== alg
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
    evaluate: ({ attestationObject: { value }, expected: { attestation: demand } }) => {
      if (!value) return skipped('a known format', undecoded)
      return asksNothing(demand)
        ? skipped('any format', `${brief(value.fmt)}: ${notLooked}`)
        : verdict(formats.includes(value.fmt), 'a known format', brief(value.fmt))
    },
  },
  {
    id: 'attestation-statement',
    title: 'Attestation statement',
    registration: { step: 22, anchor: 'reg-ceremony-verify-attestation' },
    evaluate: ({ attestationObject: { node, value }, attestation, expected: { attestation: demand } }) => {
      const expected = asksNothing(demand) ? 'well-formed CBOR, whatever it says' : 'valid'
      if (!value) return skipped(expected, undecoded)
      if (asksNothing(demand)) {
        const { malformed = [] } = attestation
        return malformed.length > 0
          ? verdict(false, expected, brief(malformed.join('; ')))
          : skipped(expected, notLooked)
      }
      const { verified, reason } = attestation
      const errors = (node.children ?? []).filter(({ name }) => name === 'attStmt').flatMap((part) => errorsOf(part))
      if (errors.length > 0) return verdict(false, expected, brief(errors.join('; ')))
      if (selfAttestedByAnother(value)) return verdict(false, expected, 'its algorithm is not the public key’s')
      if (verified === undefined) return skipped(expected, reason ?? 'could not be verified')
      return verdict(verified, expected, verified ? 'valid' : (reason ?? 'not valid'))
    },
  },
  {
    // Untrusted is not refused, unless the policy asks for trust: the passkey is kept as one for which nobody vouches, and
    // never shown as trusted.
    id: 'attestation-trust',
    title: 'Attestation trust',
    registration: { step: 23, to: 24, anchor: 'reg-ceremony-attestation-trust-anchors' },
    evaluate: ({ attestationObject: { value }, attestation, expected: { attestation: demand } }) => {
      const required = demand?.policy === 'require-trusted'
      const expected = required
        ? 'a known root that vouches for the authenticator'
        : 'a known root that vouches for the authenticator, or no certificates'
      if (asksNothing(demand)) return skipped(expected, notLooked)
      const { verified, trusted, vouchedBy, untrusted, status = [] } = attestation
      if (!value || !verified) return skipped(expected, 'the attestation statement is not verified')
      if (trusted) {
        const reported = status.length > 0 ? `; FIDO’s metadata reports ${status.join(', ')}` : ''
        const by = vouchedBy ? `: ${vouchedBy}` : ''
        return verdict(true, expected, brief(`a known root that vouches for it${by}${reported}`))
      }
      const alone = value.fmt === 'none' ? 'no attestation' : isSelf(value) ? 'self attestation' : undefined
      if (alone) return verdict(!required, expected, `${alone}: nobody vouches for the authenticator`)
      const why = untrusted ?? 'certificates that lead to no known root'
      return required
        ? verdict(false, expected, brief(why))
        : skipped(expected, brief(`${why}: not trusted, and not refused for that`))
    },
  },
]

/**
 * The authenticator's model, where only some may register. Anybody can say any AAGUID: one counts where a known root vouches
 * for it, so that none is taken without attestation.
 */
export const modelSteps: readonly Step<RegistrationContext>[] = [
  {
    id: 'attestation-aaguid',
    title: 'Allowed model',
    registration: { step: 24, anchor: 'reg-ceremony-assess-trust' },
    evaluate: ({ authenticatorData, attestation, expected: { attestation: demand } }) => {
      const { allowedAaguids = [] } = demand ?? {}
      const expected = `one of ${count(allowedAaguids.length, 'allowed model')}, for which a known root vouches`
      const aaguid = authenticatorData?.value?.attestedCredentialData?.aaguid
      if (aaguid === undefined) return skipped(expected, 'the authenticator data holds no credential')
      if (!allowedAaguids.includes(aaguid)) return verdict(false, expected, `${aaguid}, which is not among them`)
      return attestation.trusted
        ? verdict(true, expected, aaguid)
        : verdict(false, expected, `${aaguid}, by the authenticator’s own word: no known root vouches for it`)
    },
  },
]
