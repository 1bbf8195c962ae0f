import { attestationStatementNode, formatNote } from './attestation-statement.ts'
import { decodeAuthenticatorData } from './authenticator-data.ts'
import { bytesOf, type CborItem, decodeCbor } from './cbor.ts'
import { entryNode } from './cbor-node.ts'
import { count } from './count.ts'
import type { Decoded, DecodedNode } from './node.ts'
import type { AttestationObject, AuthenticatorData } from './structures.ts'
import { errorsOf, shifted } from './tree.ts'

/**
 * Reads an attestation object: what a registration gives back.
 *
 * `value` is there when format, statement and authenticator data are, with the right types. Every range, those inside
 * the authenticator data too, counts from the object's first byte.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-generating-an-attestation-object
 */
export function decodeAttestationObject(bytes: Uint8Array): Decoded<AttestationObject> {
  const { item, end, whole } = decodeCbor(bytes)
  const children: DecodedNode[] = []
  const node: DecodedNode = {
    name: 'attestationObject',
    value: count(bytes.length, 'byte'),
    note: 'the new credential, and what the authenticator says about itself',
    range: [0, bytes.length],
    spec: 'https://www.w3.org/TR/webauthn-3/#sctn-generating-an-attestation-object',
    children,
  }
  if (!item.entries) {
    node.error = item.error ?? `a CBOR map is needed, and this is ${item.type}`
    return { node, errors: errorsOf(node) }
  }
  if (item.error) node.error = item.error
  const written = item.value as Map<unknown, unknown>
  const [fmt, attStmt, authData] = ['fmt', 'attStmt', 'authData'].map((name) => written.get(name))
  let authenticatorData: Decoded<AuthenticatorData> | undefined
  for (const entry of item.entries) {
    if (entry.key.value === 'fmt') children.push(fmtNode(entry))
    else if (entry.key.value === 'attStmt') children.push(attestationStatementNode(entry, fmt, whole))
    else if (entry.key.value === 'authData') {
      const { node, decoded } = authDataNode(entry)
      children.push(node)
      authenticatorData = decoded
    } else {
      const child = entryNode(entry)
      child.error ??= 'not a member of an attestation object'
      children.push(child)
    }
  }
  for (const name of ['fmt', 'attStmt', 'authData']) {
    if (whole && !written.has(name)) children.push({ name, error: 'missing' })
  }
  if (end < bytes.length) {
    children.push({
      name: 'trailing bytes',
      range: [end, bytes.length],
      error: `${count(bytes.length - end, 'byte')} after the object`,
    })
  }
  const errors = errorsOf(node)
  if (typeof fmt !== 'string' || !(attStmt instanceof Map) || !(authData instanceof Uint8Array)) return { node, errors }
  return { node, errors, value: { fmt, attStmt, authData, ...(authenticatorData && { authenticatorData }) } }
}

function fmtNode(entry: { key: CborItem; item: CborItem }): DecodedNode {
  const node = entryNode(entry)
  if (entry.item.type !== 'string') node.error ??= 'text is needed'
  node.note = formatNote(entry.item.value)
  node.spec = 'https://www.w3.org/TR/webauthn-3/#sctn-attestation-formats'
  return node
}

function authDataNode(entry: { key: CborItem; item: CborItem }): {
  node: DecodedNode
  decoded?: Decoded<AuthenticatorData>
} {
  const node = entryNode(entry)
  const { item } = entry
  const bytes = bytesOf(item)
  if (!bytes) return { node: { ...node, error: node.error ?? 'a byte string is needed' } }
  const decoded = decodeAuthenticatorData(bytes)
  const inner = shifted({ ...decoded.node, name: 'authData' }, item.range[1] - bytes.length)
  if (node.error) inner.error = node.error
  else if (decoded.value && !decoded.value.flags.at)
    inner.error = 'a registration needs a credential: the flag AT is not set'
  return { node: inner, decoded }
}
