import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from '../bytes.ts'
import { count } from '../count.ts'
import type { Decoded, DecodedNode } from '../node.ts'
import { errorsOf } from '../tree.ts'
import { extensionNode } from './certificate-extensions.ts'
import { type DerItem, DerReader, isA, typeName } from './der.ts'
import { bytesNode, derNode, numberOf, timeLine, timeOf } from './der-values.ts'
import { nameNode, nobody } from './name.ts'
import { algorithmNode, publicKeyInfoNode } from './public-key-info.ts'

/** @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
export interface X509Certificate {
  /** From 1: nearly all are of version 3. */
  version: number
  /** Hex, as written. */
  serialNumber: string
  /** One line, in the order that it is written in: “CN=…, O=…”. */
  issuer: string
  subject: string
  notBefore: Date
  notAfter: Date
  /** By its name, or its identifier where it has none here. */
  signatureAlgorithm: string
  /** SubjectPublicKeyInfo, DER. */
  publicKey: Uint8Array
  /** By their object identifiers; `value` is what the extension's OCTET STRING holds. */
  extensions: ReadonlyMap<string, { critical: boolean; value: Uint8Array }>
  /** SHA-256 of the whole certificate, hex. */
  fingerprint: string
}

/**
 * Reads a certificate in DER, with the extensions that WebAuthn's formats need. Whether anybody vouches for it is not asked.
 *
 * `value` is there when nothing that it needs is missing or cut short. The work is bounded: see DerReader.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export function decodeCertificate(bytes: Uint8Array): Decoded<X509Certificate> {
  const reader = new DerReader(bytes)
  const root = reader.read()
  const node: DecodedNode = {
    name: 'certificate',
    value: count(bytes.length, 'byte'),
    note: 'X.509: a public key, whose it is, and who says so',
    range: [0, bytes.length],
    spec: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1',
    children: [],
  }
  if (!isA(root, 'sequence') || !root.items) {
    node.error = root.error ?? `a SEQUENCE is needed, and this is ${typeName(root)}`
    return { node, errors: errorsOf(node) }
  }
  if (root.error) node.error = root.error
  const [tbs, algorithm, signature] = root.items
  const read: Partial<X509Certificate> = {}
  if (tbs) node.children?.push(tbsNode(reader, tbs, read))
  if (algorithm) {
    const about = algorithmNode('signatureAlgorithm', reader, algorithm, 'how the issuer signed')
    node.children?.push(about)
    if (about.children?.[0]?.value) read.signatureAlgorithm = about.children[0].value
  }
  if (signature) node.children?.push(bytesNode('signatureValue', reader, signature, 'the issuer’s signature'))
  if (read.subject && read.subject !== nobody) node.value = read.subject
  if (!reader.fault && root.range[1] < bytes.length) {
    node.children?.push({
      name: 'trailing bytes',
      range: [root.range[1], bytes.length],
      error: `${count(bytes.length - root.range[1], 'byte')} after the certificate`,
    })
  }
  const whole = !reader.fault && signature !== undefined
  const fault = reader.fault ?? (whole ? undefined : 'a certificate has three parts')
  if (fault && !errorsOf(node).some((error) => error.endsWith(fault))) node.error = fault
  if (whole) {
    read.fingerprint = toHex(sha256(bytes.subarray(0, root.range[1])))
    node.children?.push({ name: 'fingerprint', value: read.fingerprint, note: 'SHA-256 of the whole certificate' })
  }
  const errors = errorsOf(node)
  return { node, errors, ...(isComplete(read) && { value: read }) }
}

const needed = [
  'version',
  'serialNumber',
  'issuer',
  'subject',
  'notBefore',
  'notAfter',
  'publicKey',
  'fingerprint',
] as const

function isComplete(read: Partial<X509Certificate>): read is X509Certificate {
  return needed.every((name) => read[name] !== undefined) && read.signatureAlgorithm !== undefined
}

/** The part that the issuer signed; what it says goes into `read`. */
function tbsNode(reader: DerReader, tbs: DerItem, read: Partial<X509Certificate>): DecodedNode {
  const items = [...(tbs.items ?? [])]
  const children: DecodedNode[] = []
  const explicit = items[0]?.tagClass === 'context' && items[0].tagNumber === 0 ? items.shift() : undefined
  const version = (explicit ? numberOf(explicit.items?.[0]) : 0) ?? -1
  read.version = version + 1
  read.extensions = new Map()
  if (explicit) children.push(derNode('version', explicit, { value: `${version + 1}`, note: `written as ${version}` }))
  const [serial, algorithm, issuer, validity, subject, key, ...rest] = items
  if (serial) {
    children.push(bytesNode('serialNumber', reader, serial))
    read.serialNumber = toHex(reader.contentOf(serial))
  }
  if (algorithm) children.push(algorithmNode('signature', reader, algorithm, 'how the issuer signed, said within'))
  if (issuer) children.push(named('issuer', nameNode('issuer', reader, issuer, 'who vouches')))
  if (validity) children.push(validityNode(validity, read))
  if (subject) children.push(named('subject', nameNode('subject', reader, subject, 'whose key it is')))
  if (key) {
    children.push(publicKeyInfoNode('subjectPublicKeyInfo', reader, key).node)
    read.publicKey = reader.bytes.slice(...key.range)
  }
  for (const item of rest) children.push(restNode(reader, item, read))
  if (!reader.fault && !key)
    return derNode('tbsCertificate', tbs, { children, error: 'a certificate has a public key' })
  return derNode('tbsCertificate', tbs, { note: 'what the issuer signed', children })

  function named(field: 'issuer' | 'subject', node: DecodedNode): DecodedNode {
    if (node.value !== undefined) read[field] = node.value
    return node
  }
}

function validityNode(item: DerItem, read: Partial<X509Certificate>): DecodedNode {
  const children = (item.items ?? []).slice(0, 2).map((moment, at) => {
    const field = at === 0 ? 'notBefore' : 'notAfter'
    const time = timeOf(moment)
    if (!time) return derNode(field, moment, { error: 'a time is needed' })
    read[field] = time
    return derNode(field, moment, { value: timeLine(time) })
  })
  return derNode('validity', item, { note: 'when it counts', children })
}

function restNode(reader: DerReader, item: DerItem, read: Partial<X509Certificate>): DecodedNode {
  if (item.tagClass !== 'context' || item.tagNumber !== 3)
    return bytesNode(item.tagNumber === 1 ? 'issuerUniqueID' : 'subjectUniqueID', reader, item)
  const extensions = new Map<string, { critical: boolean; value: Uint8Array }>()
  const children = (item.items?.[0]?.items ?? []).map((extension) => {
    const { node, oid, value } = extensionNode(reader, extension)
    if (oid !== undefined && extensions.has(oid)) node.error = 'the extension appears twice'
    if (oid !== undefined && value) {
      const critical = extension.items?.length === 3 && reader.contentOf(extension.items[1] ?? value)[0] !== 0
      extensions.set(oid, { critical, value: reader.contentOf(value).slice() })
    }
    return node
  })
  read.extensions = extensions
  return derNode('extensions', item, { value: `${children.length} in all`, children })
}
