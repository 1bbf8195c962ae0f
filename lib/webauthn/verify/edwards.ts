import { ed25519 } from '@noble/curves/ed25519.js'
import type { SubjectPublicKeyInfo } from '@peculiar/asn1-x509'

/** The Edwards curves, by JWK's names. */
export type EdwardsCurve = 'Ed25519' | 'Ed448'

/** Whether a curve is one of them, as `curves` names it. */
export function isEdwards(curve: string | undefined): curve is EdwardsCurve {
  return curve === 'Ed25519' || curve === 'Ed448'
}

/**
 * Whether a signature on an Edwards curve is good: neither every browser can tell, nor SimpleWebAuthn of each key.
 *
 * @param key the encoded point; none of small order is taken
 * @see https://www.rfc-editor.org/rfc/rfc8032#section-5
 */
export async function isSignedOn(
  curve: EdwardsCurve,
  key: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { verify } = await signing(curve)
  try {
    return verify(signature, data, key, { zip215: false })
  } catch {
    return false
  }
}

/**
 * Why the bytes of a public key are none to verify signatures with; undefined where they are one. They must encode a point in
 * the one way there is, and not be of small order, under which whoever likes can sign. Nothing depends on whether it lies in
 * the group that keys are made in, and to find out costs a multiplication that holds everybody up for milliseconds.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8032#section-5.1.3
 */
export async function pointFault(curve: EdwardsCurve, key: Uint8Array | undefined): Promise<string | undefined> {
  const { Point } = await signing(curve)
  try {
    const small = Point.fromBytes(key ?? new Uint8Array()).isSmallOrder()
    return small ? 'a point of small order, under which anybody can sign' : undefined
  } catch {
    return `no point of the curve ${curve}`
  }
}

/** The OIDs of keys on the curves, and of the signatures under them. @see https://www.rfc-editor.org/rfc/rfc8410#section-3 */
const oids: Readonly<Record<string, EdwardsCurve>> = { '1.3.101.112': 'Ed25519', '1.3.101.113': 'Ed448' }

/** A public key on an Edwards curve. */
export interface EdwardsKey {
  curve: EdwardsCurve
  oid: string
  bytes: Uint8Array
}

/** The key in a SubjectPublicKeyInfo; undefined where it is on another curve, or on none. */
export function edwardsKeyIn({ algorithm, subjectPublicKey }: SubjectPublicKeyInfo): EdwardsKey | undefined {
  const oid = algorithm.algorithm
  const curve = oids[oid]
  return curve && { curve, oid, bytes: new Uint8Array(subjectPublicKey) }
}

/** What verifies on Ed448 is large, and comes when it is asked for. */
async function signing(curve: EdwardsCurve) {
  return curve === 'Ed25519' ? ed25519 : (await import('@noble/curves/ed448.js')).ed448
}
