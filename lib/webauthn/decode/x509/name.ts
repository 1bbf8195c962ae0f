import type { DecodedNode } from '../node.ts'
import { type DerItem, type DerReader, isA } from './der.ts'
import { anyLine, derNode, oidOf } from './der-values.ts'
import { oidName } from './oids.ts'

/** A name without attributes, as the certificates of TPMs have: their subjectAltName says more. */
export const nobody = 'empty'

/**
 * A distinguished name as a node with its attributes, and as one line: “CN=…, O=…”, in the order that it is written in.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.4
 */
export function nameNode(name: string, reader: DerReader, item: DerItem, note: string): DecodedNode {
  if (!isA(item, 'sequence')) return derNode(name, item, { error: item.error ?? 'a sequence of attributes is needed' })
  const attributes = (item.items ?? []).flatMap((set) => set.items ?? [])
  const children = attributes.map((attribute) => attributeNode(reader, attribute))
  const value = children.map(({ name, value }) => `${name}=${value ?? ''}`).join(', ') || nobody
  return derNode(name, item, { value, note, children })
}

function attributeNode(reader: DerReader, attribute: DerItem): DecodedNode {
  const [type, value] = attribute.items ?? []
  const oid = oidOf(type)
  if (oid === undefined || !value)
    return derNode('attribute', attribute, { error: attribute.error ?? 'not an attribute' })
  return derNode(oidName(oid) ?? oid, value, { value: anyLine(reader, value) })
}
