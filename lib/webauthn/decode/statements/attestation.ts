import { decodeAttestationObject } from '../attestation-object.ts'
import { attestationStatementNode, formatNote } from '../attestation-statement.ts'
import { bytesOf, type CborItem, decodeCbor } from '../cbor.ts'
import { cborNode, entryNode } from '../cbor-node.ts'
import type { Decoded, DecodedNode } from '../node.ts'
import { decodeSignature } from '../signature.ts'
import type { AttestationObject } from '../structures.ts'
import { errorsOf, shifted } from '../tree.ts'
import { decodeCertificate } from '../x509/certificate.ts'
import { decodeJws } from './jws.ts'
import { decodeTpmCertInfo } from './tpm-cert-info.ts'
import { decodeTpmPubArea } from './tpm-pub-area.ts'

/**
 * Reads an attestation object with all that its statement holds: certificates with their extensions, a TPM's structures,
 * SafetyNet's answer, the statements of a compound one. `value` is `decodeAttestationObject`'s.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-defined-attestation-formats
 */
export function decodeWholeAttestationObject(bytes: Uint8Array): Decoded<AttestationObject> {
  const { node, value } = decodeAttestationObject(bytes)
  const { item, whole } = decodeCbor(bytes)
  const fmt = item.entries?.find(({ key }) => key.value === 'fmt')?.item.value
  const children = node.children?.map((child, at) => {
    const entry = item.entries?.[at]
    return entry?.key.value === 'attStmt' ? statementNode(child, entry, fmt, whole) : child
  })
  const read = { ...node, ...(children && { children }) }
  return { node: read, errors: errorsOf(read), ...(value && { value }) }
}

interface Entry {
  key: CborItem
  item: CborItem
}

function statementNode(node: DecodedNode, entry: Entry, fmt: unknown, whole: boolean): DecodedNode {
  if (fmt === 'compound' && entry.item.items) return compoundNode(node, entry.item.items, whole)
  const alg = entry.item.entries?.find(({ key }) => key.value === 'alg')?.item.value
  const children = node.children?.map((child, at) => {
    const member = entry.item.entries?.[at]
    return member ? memberNode(child, member, typeof alg === 'number' ? alg : undefined) : child
  })
  return { ...node, ...(children && { children }) }
}

/** @see https://www.w3.org/TR/webauthn-3/#sctn-compound-attestation */
function compoundNode({ error: _, ...node }: DecodedNode, items: readonly CborItem[], whole: boolean): DecodedNode {
  const few = whole && items.length < 2 ? { error: 'at least two statements are needed' } : {}
  return { ...node, ...few, children: items.map((item, at) => innerStatement(item, at, whole)) }
}

function innerStatement(item: CborItem, at: number, whole: boolean): DecodedNode {
  const node = cborNode(`[${at}]`, item)
  if (!item.entries) return { ...node, error: node.error ?? 'a CBOR map is needed' }
  const fmt = item.entries.find(({ key }) => key.value === 'fmt')?.item.value
  if (fmt === 'compound') node.error = 'a statement in a compound one cannot be compound itself'
  node.note = 'one of the statements'
  node.children = item.entries.map((entry) => {
    if (entry.key.value === 'attStmt')
      return statementNode(attestationStatementNode(entry, fmt, whole), entry, fmt, whole)
    const child = entryNode(entry)
    return entry.key.value === 'fmt' ? { ...child, note: formatNote(fmt) } : child
  })
  for (const name of ['fmt', 'attStmt']) {
    if (whole && !item.entries.some(({ key }) => key.value === name)) node.children.push({ name, error: 'missing' })
  }
  return node
}

function certificate(bytes: Uint8Array): DecodedNode {
  return { ...decodeCertificate(bytes).node, folded: true }
}

/** What is inside of the members that hold structures of their own. */
const readers: Readonly<Record<string, (bytes: Uint8Array, alg: number | undefined) => DecodedNode>> = {
  sig: (bytes, alg) => decodeSignature(bytes, alg).node,
  certInfo: (bytes) => decodeTpmCertInfo(bytes).node,
  pubArea: (bytes) => decodeTpmPubArea(bytes).node,
  response: (bytes) => decodeJws(bytes).node,
}

function memberNode(node: DecodedNode, { key, item }: Entry, alg: number | undefined): DecodedNode {
  if (key.value === 'x5c' && item.items) {
    const children = node.children?.map((child, at) => inside(child, item.items?.[at], certificate))
    return { ...node, ...(children && { children }) }
  }
  const read = typeof key.value === 'string' && Object.hasOwn(readers, key.value) ? readers[key.value] : undefined
  return read ? inside(node, item, (bytes) => read(bytes, alg)) : node
}

/** A byte string with what it holds below it; not where it is already refused, but for being cut short. */
function inside(node: DecodedNode, item: CborItem | undefined, read: (bytes: Uint8Array) => DecodedNode): DecodedNode {
  const bytes = item && bytesOf(item)
  if (!item || !bytes || (node.error && !item.standing)) return node
  const { name: _, range: __, ...about } = shifted(read(bytes), item.range[1] - bytes.length)
  const error = node.error ?? about.error
  const note = [node.note, about.children ? undefined : about.note].filter(Boolean).join('; ')
  return { ...about, name: node.name, note, ...(node.range && { range: node.range }), ...(error && { error }) }
}
