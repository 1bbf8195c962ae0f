import { toHex } from '../bytes.ts'
import { hexLine, textLine } from '../cbor-node.ts'
import type { DecodedNode } from '../node.ts'
import type { DerItem, DerReader } from './der.ts'
import { anyNode, derNode } from './der-values.ts'
import { nameNode } from './name.ts'

const kinds = [
  'otherName',
  'email',
  'DNS',
  'x400Address',
  'directoryName',
  'ediPartyName',
  'URI',
  'IP address',
  'registeredID',
] as const

/**
 * A name of one of many kinds, as alternative names, addresses of revocation lists and of issuers are.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6
 */
export function generalNameNode(reader: DerReader, item: DerItem): DecodedNode {
  const kind = item.tagClass === 'context' ? kinds[item.tagNumber] : undefined
  if (!kind) return derNode('name', item, { error: item.error ?? 'not a kind of name' })
  const [inner] = item.items ?? []
  if (kind === 'directoryName' && inner) return nameNode(kind, reader, inner, 'a distinguished name')
  if (item.items) return { ...anyNode(kind, reader, item), value: kind }
  const bytes = reader.contentOf(item)
  if (kind === 'IP address') return derNode(kind, item, { value: address(bytes) })
  if (kind === 'registeredID') return derNode(kind, item, { value: hexLine(bytes) })
  return derNode(kind, item, { value: textLine(new TextDecoder().decode(bytes)) })
}

function address(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  return bytes.length === 16 ? (toHex(bytes).match(/.{4}/g) ?? []).join(':') : hexLine(bytes)
}
