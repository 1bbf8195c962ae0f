import { hexLine, textLine } from '../cbor-node.ts'
import type { DecodedNode } from '../node.ts'
import { type Authorization, authorizationNames } from './android-authorizations.ts'
import { type DerItem, type DerReader, isA } from './der.ts'
import { bytesNode, derNode, numberNode, numberOf } from './der-values.ts'

const securityLevels = ['software', 'trusted environment (TEE)', 'StrongBox']

const bootStates = ['verified', 'self-signed', 'unverified', 'failed']

/** The fields of the extension in their order. */
const fields: readonly ((reader: DerReader, item: DerItem) => DecodedNode)[] = [
  (reader, item) => numberNode('attestationVersion', reader, item),
  (reader, item) => numberNode('attestationSecurityLevel', reader, item, (level) => securityLevels[level]),
  (reader, item) => numberNode('keyMintVersion', reader, item, () => 'Keymaster’s before 100'),
  (reader, item) => numberNode('keyMintSecurityLevel', reader, item, (level) => securityLevels[level]),
  (reader, item) => bytesNode('attestationChallenge', reader, item, 'it must be the hash of the client data'),
  (reader, item) => bytesNode('uniqueId', reader, item),
  (reader, item) => listNode('softwareEnforced', reader, item, 'what Android itself sees to'),
  (reader, item) => listNode('hardwareEnforced', reader, item, 'what the secure hardware sees to'),
]

/**
 * What Android's keystore says about a key: who keeps it, what it may do, where it came from, and what the device runs.
 *
 * @see https://source.android.com/docs/security/features/keystore/attestation#schema
 */
export function keyDescriptionNode(reader: DerReader, item: DerItem): Partial<DecodedNode> {
  if (!isA(item, 'sequence')) return { error: item.error ?? 'a sequence is needed' }
  const children = (item.items ?? []).map((field, at) => fields[at]?.(reader, field) ?? derNode(`[${at}]`, field))
  return { children, ...(item.error && { error: item.error }) }
}

function listNode(name: string, reader: DerReader, item: DerItem, note: string): DecodedNode {
  const children = (item.items ?? []).map((entry) => authorizationNode(reader, entry))
  return derNode(name, item, { value: children.length === 0 ? 'nothing' : `${children.length} in all`, note, children })
}

function authorizationNode(reader: DerReader, entry: DerItem): DecodedNode {
  const known: Authorization | undefined =
    entry.tagClass === 'context' ? authorizationNames.get(entry.tagNumber) : undefined
  const [value] = entry.items ?? []
  const name = known?.name ?? `[${entry.tagNumber}]`
  if (!value) return derNode(name, entry, { error: entry.error ?? 'a value is needed' })
  const node = derNode(name, entry, known?.note ? { note: known.note } : {})
  return { ...node, ...shown(reader, value, known), ...(value.error && { error: value.error }) }
}

function shown(reader: DerReader, value: DerItem, known: Authorization | undefined): Partial<DecodedNode> {
  const names = known?.values
  const named = (item: DerItem) => {
    const number = numberOf(item)
    return number === undefined ? hexLine(reader.contentOf(item)) : `${names?.[number] ?? number}`
  }
  if (isA(value, 'null')) return { value: 'true' }
  if (known?.name === 'rootOfTrust') return { children: rootOfTrust(reader, value) }
  if (known?.name === 'attestationApplicationId') return applicationId(reader, value)
  if (value.items) return { value: value.items.map(named).join(', ') || 'none' }
  const number = numberOf(value)
  if (number !== undefined && known?.read) return { value: known.read(number), note: String(number) }
  if (number !== undefined && names?.[number])
    return { value: names[number], note: `${known?.note ? `${known.note}: ` : ''}${number}` }
  if (isA(value, 'octet string')) return { value: textOrHex(reader.contentOf(value)) }
  return { value: named(value) }
}

function rootOfTrust(reader: DerReader, { items = [] }: DerItem): DecodedNode[] {
  const [key, locked, state, hash] = items
  return [
    ...(key ? [bytesNode('verifiedBootKey', reader, key)] : []),
    ...(locked ? [derNode('deviceLocked', locked, { value: String(reader.contentOf(locked)[0] !== 0) })] : []),
    ...(state ? [numberNode('verifiedBootState', reader, state, (number) => bootStates[number])] : []),
    ...(hash ? [bytesNode('verifiedBootHash', reader, hash)] : []),
  ]
}

/** The apps that the key is of: DER within the octet string. */
function applicationId(reader: DerReader, value: DerItem): Partial<DecodedNode> {
  const [packages, digests] = reader.inside(value).items ?? []
  const children = [
    ...(packages?.items ?? []).flatMap(({ items: [name, version] = [] }) => [
      ...(name ? [derNode('packageName', name, { value: textOrHex(reader.contentOf(name)) })] : []),
      ...(version ? [numberNode('version', reader, version)] : []),
    ]),
    ...(digests?.items ?? []).map((digest) => bytesNode('signatureDigest', reader, digest)),
  ]
  return children.length > 0 ? { children } : { value: textOrHex(reader.contentOf(value)) }
}

function textOrHex(bytes: Uint8Array): string {
  const printable = bytes.length > 0 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
  return printable ? textLine(new TextDecoder().decode(bytes)) : hexLine(bytes)
}
