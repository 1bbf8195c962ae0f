import { algorithmOf } from '../algorithms.ts'
import type { CborItem } from './cbor.ts'
import { entryNode } from './cbor-node.ts'
import { count } from './count.ts'
import type { DecodedNode } from './node.ts'

const formats: ReadonlyMap<unknown, { note: string; members: readonly string[] }> = new Map([
  ['none', { note: 'no statement: nothing is said about the authenticator’s make', members: [] }],
  ['packed', { note: 'WebAuthn’s own compact format', members: ['alg', 'sig'] }],
  [
    'tpm',
    {
      note: 'a Trusted Platform Module’s, as of Windows Hello',
      members: ['ver', 'alg', 'x5c', 'sig', 'certInfo', 'pubArea'],
    },
  ],
  ['android-key', { note: 'Android’s keystore', members: ['alg', 'sig', 'x5c'] }],
  ['android-safetynet', { note: 'Android’s SafetyNet, retired', members: ['ver', 'response'] }],
  ['fido-u2f', { note: 'older security keys', members: ['sig', 'x5c'] }],
  ['apple', { note: 'Apple, anonymous', members: ['x5c'] }],
  ['compound', { note: 'several statements together', members: [] }],
])

const members: ReadonlyMap<unknown, { type: CborItem['type'][]; note: string }> = new Map([
  ['alg', { type: ['negint', 'uint'], note: 'the algorithm of the signature' }],
  ['sig', { type: ['bytes'], note: 'the signature over authenticator data and client data' }],
  ['x5c', { type: ['array'], note: 'certificates: the attestation’s own first, then those that vouch for it' }],
  ['ver', { type: ['string'], note: 'version' }],
  ['response', { type: ['bytes'], note: 'SafetyNet’s signed answer' }],
  ['certInfo', { type: ['bytes'], note: 'what the TPM certifies (TPMS_ATTEST); the signature covers it' }],
  ['pubArea', { type: ['bytes'], note: 'the public key as the TPM describes it (TPMT_PUBLIC)' }],
])

// Several times what real chains have. Who reads certificates reads every item in them: as a whole statement, thousands.
const mostCertificates = 8
const most = { certificate: 4 * 1024, response: 16 * 1024 }

/** What a statement format is, in plain words. */
export function formatNote(fmt: unknown): string {
  return formats.get(fmt)?.note ?? 'a format that is not known here'
}

/**
 * An attestation statement as nodes. Members that its format does not name are shown, not refused.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-defined-attestation-formats
 */
export function attestationStatementNode(
  entry: { key: CborItem; item: CborItem },
  fmt: unknown,
  whole: boolean,
): DecodedNode {
  const node = entryNode(entry)
  node.note = 'the authenticator’s proof of its make'
  node.spec = 'https://www.w3.org/TR/webauthn-3/#sctn-defined-attestation-formats'
  const { entries, value } = entry.item
  if (!entries) {
    node.error ??= fmt === 'compound' ? 'compound statements are not read here' : 'a CBOR map is needed'
    return node
  }
  if (fmt === 'none' && entries.length > 0) node.error ??= 'the format “none” must have an empty statement'
  node.children = entries.map(memberNode)
  for (const name of formats.get(fmt)?.members ?? []) {
    if (whole && !(value as Map<unknown, unknown>).has(name))
      node.children.push({ name, error: `missing, though ${fmt} needs it` })
  }
  return node
}

function memberNode(entry: { key: CborItem; item: CborItem }): DecodedNode {
  const node = entryNode(entry)
  const known = members.get(entry.key.value)
  if (!known) return { ...node, note: [node.note, 'not a member that is known here'].filter(Boolean).join(', ') }
  const { item } = entry
  node.note = node.note ? `${known.note}, ${node.note}` : known.note
  if (!known.type.includes(item.type)) node.error ??= `${known.type.join(' or ')} is needed, and this is ${item.type}`
  if (entry.key.value === 'alg') node.note = algorithmOf(item.value)?.name ?? 'not a known signature algorithm'
  if (entry.key.value === 'response') node.error ??= tooLong(item, most.response)
  if (entry.key.value === 'x5c' && item.items) {
    if (item.items.length === 0) node.error ??= 'at least one certificate is needed'
    if (item.items.length > mostCertificates) node.error ??= `more than ${mostCertificates} certificates`
    node.children = item.items
      .slice(0, mostCertificates)
      .map((certificate, at) => certificateNode(certificate, node.children?.[at], at))
  }
  return node
}

function certificateNode(certificate: CborItem, shown: DecodedNode | undefined, at: number): DecodedNode {
  const node: DecodedNode = { ...shown, name: `x5c[${at}]` }
  if (!(certificate.value instanceof Uint8Array)) return { ...node, error: node.error ?? 'a byte string is needed' }
  const error = tooLong(certificate, most.certificate)
  const what = at === 0 ? 'attestation certificate' : 'issuer certificate'
  return { ...node, note: `${what} (X.509, DER), ${count(certificate.value.length, 'byte')}`, ...(error && { error }) }
}

function tooLong({ value }: CborItem, bytes: number): string | undefined {
  return value instanceof Uint8Array && value.length > bytes ? `longer than ${count(bytes, 'byte')}` : undefined
}
