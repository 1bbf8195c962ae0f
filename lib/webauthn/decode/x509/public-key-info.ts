import type { DecodedNode } from '../node.ts'
import { type DerItem, type DerReader, isA, isSound } from './der.ts'
import { anyNode, bytesNode, derNode, numberNode, oidNode, oidOf } from './der-values.ts'
import { oidName } from './oids.ts'

/** What a SubjectPublicKeyInfo says: the algorithm's identifier, that of its curve, and the key's own bytes. */
export interface PublicKeyInfo {
  algorithm: string
  curve?: string
  key: Uint8Array
  /** An RSA key's numbers, in the fewest bytes. */
  rsa?: { n: Uint8Array; e: Uint8Array }
}

/**
 * An algorithm with its parameters.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1.1.2
 */
export function algorithmNode(name: string, reader: DerReader, item: DerItem, note?: string): DecodedNode {
  const [oid, parameters] = item.items ?? []
  if (!oid) return derNode(name, item, { error: item.error ?? 'an algorithm is needed' })
  const algorithm = oidNode('algorithm', oid)
  const named = oidOf(parameters)
  const children = [algorithm]
  if (parameters && !isA(parameters, 'null'))
    children.push(named ? oidNode('parameters', parameters) : anyNode('parameters', reader, parameters))
  const value = [algorithm.value, named && (oidName(named) ?? named)].filter(Boolean).join(', ')
  return derNode(name, item, { value, ...(note && { note }), children })
}

/**
 * A public key with its algorithm, as certificates and PEM files have it; `value` is there when both stand whole.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.7
 */
export function publicKeyInfoNode(
  name: string,
  reader: DerReader,
  item: DerItem,
): { node: DecodedNode; value?: PublicKeyInfo } {
  const [algorithm, key] = item.items ?? []
  if (!algorithm) return { node: derNode(name, item, { error: item.error ?? 'a public key is needed' }) }
  const about = algorithmNode('algorithm', reader, algorithm)
  const node = derNode(name, item, {
    ...(about.value && { value: about.value }),
    note: 'the public key',
    children: [about],
  })
  if (!key) return { node }
  const oid = oidOf(algorithm.items?.[0])
  const curve = oidOf(algorithm.items?.[1])
  const info: PublicKeyInfo = {
    algorithm: oid ?? '',
    ...(curve && { curve }),
    key: reader.contentOf(key),
  }
  if (oidName(info.algorithm) !== 'rsaEncryption') {
    node.children?.push(bytesNode('subjectPublicKey', reader, key, keyNote(info)))
    return { node, ...(oid && isSound(item) && isA(key, 'bit string') && { value: info }) }
  }
  const [n, e] = reader.inside(key).items ?? []
  const numbers = [
    ...(n ? [bytesNode('modulus', reader, n, 'n')] : []),
    ...(e ? [numberNode('publicExponent', reader, e, () => 'e')] : []),
  ]
  node.children?.push(derNode('subjectPublicKey', key, { value: 'RSAPublicKey', children: numbers }))
  if (!isA(n, 'integer') || !isA(e, 'integer') || !isSound(item) || n.error || e.error) return { node }
  return { node, value: { ...info, rsa: { n: unsigned(reader.contentOf(n)), e: unsigned(reader.contentOf(e)) } } }
}

/** A positive number without the zero byte that keeps DER from reading it as a negative one. */
function unsigned(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0 ? bytes.slice(1) : bytes.slice()
}

function keyNote({ curve, key }: PublicKeyInfo): string {
  if (!curve) return 'the key'
  return key[0] === 4 ? 'the point: 04, then x and y' : 'the point, compressed'
}
