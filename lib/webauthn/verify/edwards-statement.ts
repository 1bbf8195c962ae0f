import type { Name } from '@peculiar/asn1-x509'
import { algorithmOf, curves } from '../algorithms.ts'
import { toHex } from '../decode/bytes.ts'
import type { AttestationObject } from '../decode/index.ts'
import { certificateParts } from './certificate-parts.ts'
import { edwardsKeyIn, isEdwards, isSignedOn } from './edwards.ts'

/**
 * Whether a packed statement is signed on an Edwards curve in a way that SimpleWebAuthn does not know: by a certificate's key,
 * or in self attestation on Ed448.
 */
export function isEdwardsStatement(statement: AttestationObject): boolean {
  if (statement.fmt !== 'packed') return false
  if (statement.attStmt.has('x5c')) return certificateKeyOf(statement) !== undefined
  return curveOf(statement) === 'Ed448'
}

/**
 * What is wrong with such a statement; undefined where nothing is. That the certificate says that it is no CA is left to
 * `statementFault`, and how old it is to the policy.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation
 */
export async function edwardsStatementFault(
  statement: AttestationObject,
  clientDataJSON: Uint8Array<ArrayBuffer>,
): Promise<string | undefined> {
  const { attStmt, authData, authenticatorData } = statement
  const { publicKey, aaguid = '' } = authenticatorData?.value?.attestedCredentialData ?? {}
  const certificate = certificateKeyOf(statement)
  const own = { curve: curves[publicKey?.crv ?? 0]?.name, bytes: publicKey?.x }
  const { curve, bytes } = certificate ?? own
  if (!isEdwards(curve) || !bytes || curveOf(statement) !== curve) {
    return `an algorithm that is not the ${certificate ? 'certificate’s' : 'public key’s'}`
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', clientDataJSON))
  const signed = await isSignedOn(
    curve,
    bytes,
    Uint8Array.from([...authData, ...hash]),
    attStmt.get('sig') as Uint8Array,
  )
  if (!signed) return 'a signature that does not verify'
  return certificate && certificateFault(statement, aaguid)
}

/** The curve of the algorithm that a statement names. */
function curveOf({ attStmt }: AttestationObject): string | undefined {
  return curves[algorithmOf(attStmt.get('alg'))?.crv ?? 0]?.name
}

function signerOf({ attStmt }: AttestationObject) {
  const [signer] = (attStmt.get('x5c') ?? []) as Uint8Array[]
  return signer && certificateParts(signer)
}

function certificateKeyOf(statement: AttestationObject) {
  const parts = signerOf(statement)
  return parts && edwardsKeyIn(parts.certificate.tbsCertificate.subjectPublicKeyInfo)
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements */
function certificateFault(statement: AttestationObject, aaguid: string): string | undefined {
  const { certificate, aaguid: named } = signerOf(statement) ?? {}
  const { version, subject } = certificate?.tbsCertificate ?? {}
  if (version !== 2 || !subject || !isAttesting(subject)) return 'a certificate that is not as its format asks'
  if (!named || toHex(named.bytes) === aaguid.replaceAll('-', '')) return undefined
  return 'a certificate of another model'
}

/** Subject-C, -O, -OU and -CN, by their OIDs. */
function isAttesting(subject: Name): boolean {
  const attributes = [...subject].flatMap((names) => [...names])
  const said = (oid: string) => attributes.find(({ type }) => type === oid)?.value.toString() ?? ''
  const unit = said('2.5.4.11') === 'Authenticator Attestation'
  return unit && /^[A-Z]{2}$/i.test(said('2.5.4.6')) && said('2.5.4.10') !== '' && said('2.5.4.3') !== ''
}
