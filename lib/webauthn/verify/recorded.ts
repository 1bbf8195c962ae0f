import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { algorithms, curves } from '../algorithms.ts'
import { authenticationChecks, type Check, registrationChecks } from '../checks/index.ts'
import { fromBase64url } from '../decode/bytes.ts'
import {
  type CosePublicKey,
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeClientData,
  decodeCoseKey,
} from '../decode/index.ts'
import type { UserVerification } from '../options.ts'
import { certificatesOf } from './certificates.ts'
import { isEdwards, pointFault } from './edwards.ts'
import type { RecordedCredential } from './recorded-credential.ts'
import { recordedTrust } from './recorded-trust.ts'
import { verifyAuthentication } from './verify-authentication.ts'
import { verifyRegistration } from './verify-registration.ts'

/** What a response is held against. */
export interface RecordedExpectation {
  /** base64url. */
  challenge: string
  origins: string[]
  rpId: string
  userVerification: UserVerification
  /** Those of the above that were taken from the response itself: nothing is judged by them. */
  unproven: readonly ('challenge' | 'origin' | 'rpId')[]
}

/** What is known of the passkey that signed in. */
export interface RecordedPasskey {
  /** A COSE_Key; without it no signature is judged. */
  publicKey?: Uint8Array<ArrayBuffer> | undefined
  /** Of its last use. */
  signCount?: number | undefined
  /** base64url. */
  userHandle?: string | undefined
}

const unstored = 'nothing is stored here to compare with'

/** Steps that are about what a server has stored. */
const ofStore: Readonly<Record<string, string>> = {
  'credential-not-registered': unstored,
  'credential-known': unstored,
  'credential-owner': unstored,
  'allow-credentials': 'which credentials were allowed was not told',
  'backup-eligibility': 'how it was registered was not told',
}

const unproven = 'taken from the response itself: that proves nothing'

/**
 * The ledger of a registration that ended elsewhere: every step that a server takes, by the same rules and in the same words.
 * What nobody told here is skipped, and says so.
 *
 * @param anchors certificates (DER) that are trusted to vouch for authenticators, besides the roots that are built in
 */
export async function recordedRegistration(
  credential: RecordedCredential,
  expected: RecordedExpectation,
  anchors: readonly Uint8Array<ArrayBuffer>[] = [],
): Promise<Check[]> {
  const { response } = credential
  const clientData = decodeClientData(bytesOf(response.clientDataJSON))
  const attestationObject = decodeAttestationObject(bytesOf(response.attestationObject))
  const { authenticatorData } = attestationObject.value ?? {}
  const key = authenticatorData?.value?.attestedCredentialData?.publicKey
  const decoded = { clientData, attestationObject, ...(authenticatorData ? { authenticatorData } : {}) }
  // Which algorithms were offered was not told: each that is known is one.
  const asked = { ...expected, algorithms: algorithms.map(({ id }) => id) }
  const { opinion, attestation } = await verifyRegistration(
    credential as unknown as RegistrationResponseJSON,
    asked,
    decoded,
    Date.now(),
  )
  const statement = attestation.verified ? attestationObject.value : undefined
  const attested = statement?.authenticatorData?.value?.attestedCredentialData
  const trust =
    statement && attested
      ? await recordedTrust(
          { fmt: statement.fmt, certificates: certificatesOf(statement), aaguid: attested.aaguid },
          anchors,
        )
      : { trusted: false }
  const checks = registrationChecks({
    credential,
    ...decoded,
    rpIdHash: await sha256(expected.rpId),
    clientExtensionResults: credential.clientExtensionResults,
    expected: asked,
    registered: 'no',
    publicKeyFault: key && (await publicKeyFault(key)),
    opinion,
    attestation: { ...attestation, ...trust },
  })
  return told(checks, expected, { ...ofStore, algorithm: 'which algorithms were offered was not told' })
}

/** The ledger of an authentication that ended elsewhere; see `recordedRegistration`. */
export async function recordedAuthentication(
  credential: RecordedCredential,
  expected: RecordedExpectation,
  passkey: RecordedPasskey,
): Promise<Check[]> {
  const { response } = credential
  const decoded = {
    clientData: decodeClientData(bytesOf(response.clientDataJSON)),
    authenticatorData: decodeAuthenticatorData(bytesOf(response.authenticatorData)),
  }
  const { publicKey, signCount } = passkey
  const handle = passkey.userHandle ?? response.userHandle ?? ''
  const asked = { ...expected, user: { id: 'recorded', handle } }
  const verdict = publicKey
    ? await verifyAuthentication(credential as unknown as AuthenticationResponseJSON, asked, decoded, {
        publicKey,
        algorithm: decodeCoseKey(publicKey).value?.alg ?? 0,
        signCount: signCount ?? 0,
      })
    : {
        opinion: { outcome: 'not asked' as const, reason: 'no public key was given' },
        signature: { valid: undefined, reason: 'no public key was given' },
      }
  const checks = authenticationChecks({
    credential,
    ...decoded,
    rpIdHash: await sha256(expected.rpId),
    clientExtensionResults: credential.clientExtensionResults,
    expected: asked,
    userHandle: response.userHandle ?? null,
    passkey: {
      userId: 'recorded',
      userHandle: handle,
      signCount: signCount ?? 0,
      backupEligible: decoded.authenticatorData.value?.flags.be ?? false,
    },
    ...verdict,
  })
  return told(checks, expected, {
    ...ofStore,
    ...(publicKey ? {} : { 'signature-encoding': 'no public key was given' }),
    ...(signCount === undefined ? { 'sign-count': 'the count of its last use was not told' } : {}),
    ...(passkey.userHandle === undefined ? { 'user-handle': 'whose passkey it is was not told' } : {}),
  })
}

/** What is judged by the response's own word, or by what nobody told, is not judged. */
function told(checks: Check[], expected: RecordedExpectation, untold: Readonly<Record<string, string>>): Check[] {
  const steps = { challenge: 'challenge', origin: 'origin', rpId: 'rp-id-hash' }
  const circular = expected.unproven.map((what) => steps[what])
  const lacking = expected.challenge === '' || expected.origins.length === 0 || expected.rpId === ''
  const reasonOf = ({ id, outcome }: Check) => {
    if (circular.includes(id)) return unproven
    if (id === 'second-opinion' && outcome === 'fail' && lacking) return 'not all that it asks for was told'
    return outcome === 'pass' ? untold[id] : undefined
  }
  return checks.map((check) => {
    const reason = reasonOf(check)
    if (!reason) return check
    const actual = reason === unstored ? reason : `${check.actual}: ${reason}`
    return {
      ...check,
      outcome: 'skipped',
      actual,
      ...(check.id === 'algorithm' && { expected: 'one that was offered' }),
    }
  })
}

/** What a page can tell of a key: whether WebCrypto takes its point, and on an Edwards curve that it is one to sign with. */
async function publicKeyFault({ crv, x, y, kty }: CosePublicKey): Promise<string | undefined> {
  const curve = curves[crv ?? 0]?.name ?? ''
  if (isEdwards(curve)) return pointFault(curve, x)
  if (kty !== 2 || !x || !y) return undefined
  const point = Uint8Array.from([4, ...x, ...y])
  try {
    await crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: curve }, false, ['verify'])
  } catch (error) {
    // A curve that a browser lacks is no fault of the key.
    return error instanceof Error && error.name === 'NotSupportedError' ? undefined : 'a key that does not import'
  }
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

function bytesOf(text: string | undefined): Uint8Array<ArrayBuffer> {
  return fromBase64url(text ?? '') ?? new Uint8Array()
}
