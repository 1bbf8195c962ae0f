import { maker } from '../attested-credential-data.ts'
import { toHex } from '../bytes.ts'
import { decodeCbor } from '../cbor.ts'
import { cborNode, textLine } from '../cbor-node.ts'
import type { DecodedNode } from '../node.ts'
import { shifted } from '../tree.ts'
import { uuidOf } from '../uuid.ts'
import { keyDescriptionNode } from './android-key-description.ts'
import { type DerItem, type DerReader, isA, isSound } from './der.ts'
import { anyNode, bytesNode, derNode, numberNode, oidNode, oidOf } from './der-values.ts'
import { generalNameNode } from './general-names.ts'
import { namedBitsNode } from './named-bits.ts'
import { oidName } from './oids.ts'

type Read = (reader: DerReader, item: DerItem) => Partial<DecodedNode>

const keyUsages = [
  ['digitalSignature', 'it may sign'],
  ['nonRepudiation', 'its signatures bind whoever made them'],
  ['keyEncipherment', 'it may encrypt keys'],
  ['dataEncipherment', 'it may encrypt data'],
  ['keyAgreement', 'it may agree on keys'],
  ['keyCertSign', 'it may sign certificates'],
  ['cRLSign', 'it may sign revocation lists'],
  ['encipherOnly', 'in key agreement, encryption only'],
  ['decipherOnly', 'in key agreement, decryption only'],
] as const

const transports = [
  ['bluetooth', 'Bluetooth Classic'],
  ['ble', 'Bluetooth Low Energy'],
  ['usb', 'USB'],
  ['nfc', 'NFC'],
  ['usbInternal', 'USB, built in'],
] as const

/** The extensions that are read here, by their names. What each must hold is said by the standard that names it. */
const known: Readonly<Record<string, { note: string; read: Read }>> = {
  subjectKeyIdentifier: { note: 'this key’s name', read: (reader, item) => opaque('keyIdentifier', reader, item) },
  authorityKeyIdentifier: { note: 'the issuer’s key', read: authorityKey },
  basicConstraints: { note: 'whether it may issue certificates', read: basicConstraints },
  keyUsage: {
    note: 'what the key is for',
    read: (reader, item) => inner(namedBitsNode('keyUsage', reader, item, keyUsages)),
  },
  extKeyUsage: {
    note: 'what the certificate is for',
    read: (_, item) => {
      const fields = listed(item, (usage) => oidNode('purpose', usage))
      return { value: fields.children?.map(({ value }) => value).join(', ') ?? '', ...fields }
    },
  },
  subjectAltName: { note: 'other names of whom it is for', read: generalNames },
  issuerAltName: { note: 'other names of who issued it', read: generalNames },
  cRLDistributionPoints: { note: 'where lists of what was revoked are', read: addresses },
  authorityInfoAccess: { note: 'where its issuer tells more', read: accesses },
  certificatePolicies: { note: 'the rules that it was issued under', read: policies },
  'id-fido-gen-ce-aaguid': {
    note: 'the authenticator’s model; it must be the AAGUID in the authenticator data',
    read: aaguid,
  },
  'id-fido-gen-ce-sernum': {
    note: 'the authenticator’s serial number (enterprise attestation)',
    read: (reader, item) => opaque('serialNumber', reader, item),
  },
  'id-fido-u2f-ce-transports': {
    note: 'how the authenticator connects',
    read: (reader, item) => inner(namedBitsNode('transports', reader, item, transports)),
  },
  appleAnonymousAttestationNonce: {
    note: 'SHA-256 over the authenticator data and the hash of the client data',
    read: (reader, item) => listed(item, (field) => nonce(reader, field)),
  },
  androidKeyDescription: { note: 'what Android’s keystore says about the key', read: keyDescriptionNode },
}

/**
 * One extension of a certificate: its name, whether it is critical, and what it says. One that is not known here is shown as
 * DER where it is some.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.2
 * @see https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements
 */
export function extensionNode(reader: DerReader, item: DerItem): { node: DecodedNode; oid?: string; value?: DerItem } {
  const [id, ...rest] = item.items ?? []
  const oid = oidOf(id)
  if (oid === undefined) return { node: derNode('extension', item, { error: item.error ?? 'not an extension' }) }
  const critical = isA(rest[0], 'boolean') && reader.contentOf(rest[0])[0] !== 0
  const value = rest.at(-1)
  const name = oidName(oid) ?? oid
  const entry = Object.hasOwn(known, name) ? known[name] : undefined
  const notes = [critical ? 'critical' : '', entry?.note ?? 'not known here', name === oid ? '' : `(${oid})`]
  const node = derNode(name, item, { note: notes.filter(Boolean).join(' ').replace('critical ', 'critical: ') })
  if (!isA(value, 'octet string')) return { node: { ...node, error: item.error ?? 'an octet string is needed' } }
  return { node: { ...node, ...read(reader, value, entry?.read, name) }, oid, value }
}

function read(reader: DerReader, value: DerItem, known: Read | undefined, name: string): Partial<DecodedNode> {
  if (name === 'androidProvisioningInfo') {
    const bytes = reader.contentOf(value)
    return { children: [shifted(cborNode('CBOR', decodeCbor(bytes).item), value.content[0])] }
  }
  if (known) return known(reader, reader.inside(value))
  const content = reader.inside(value)
  if (isSound(content) && content.range[1] === value.content[1]) return { children: [anyNode('DER', reader, content)] }
  const bytes = reader.contentOf(value)
  const printable = bytes.length > 0 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
  return { value: printable ? textLine(new TextDecoder().decode(bytes)) : toHex(bytes.subarray(0, 72)) }
}

/** What a node says, without its name and place: those are the extension's. */
function inner({ name: _, range, ...about }: DecodedNode): Partial<DecodedNode> {
  const { children, ...rest } = about
  return { ...rest, ...(children && range && { children: [{ name: 'bits', range, ...about }] }) }
}

function opaque(name: string, reader: DerReader, item: DerItem): Partial<DecodedNode> {
  if (!isA(item, 'octet string')) return { error: item.error ?? 'an octet string is needed' }
  return { children: [bytesNode(name, reader, item)] }
}

function listed(item: DerItem, node: (item: DerItem) => DecodedNode): Partial<DecodedNode> {
  if (!item.items) return { error: item.error ?? 'a sequence is needed' }
  return { children: item.items.map(node), ...(item.error && { error: item.error }) }
}

function generalNames(reader: DerReader, item: DerItem): Partial<DecodedNode> {
  return listed(item, (name) => generalNameNode(reader, name))
}

function authorityKey(reader: DerReader, item: DerItem): Partial<DecodedNode> {
  const names = ['keyIdentifier', 'authorityCertIssuer', 'authorityCertSerialNumber']
  return listed(item, (field) => {
    const name = names[field.tagNumber] ?? 'field'
    if (!field.items) return bytesNode(name, reader, field)
    return derNode(name, field, { children: field.items.map((issuer) => generalNameNode(reader, issuer)) })
  })
}

function basicConstraints(reader: DerReader, item: DerItem): Partial<DecodedNode> {
  const isAuthority = isA(item.items?.[0], 'boolean') && reader.contentOf(item.items[0])[0] !== 0
  const value = isAuthority ? 'CA: it may issue certificates' : 'not a CA: it issues none'
  const fields = listed(item, (field) =>
    isA(field, 'boolean')
      ? derNode('cA', field, { value: String(isAuthority) })
      : numberNode('pathLenConstraint', reader, field, () => 'how many issuers may stand below it'),
  )
  return { value, ...fields }
}

function addresses(reader: DerReader, item: DerItem): Partial<DecodedNode> {
  return listed(item, (point) => {
    const names = point.items?.find(({ tagNumber }) => tagNumber === 0)?.items?.[0]?.items ?? []
    return derNode('distributionPoint', point, { children: names.map((name) => generalNameNode(reader, name)) })
  })
}

function accesses(reader: DerReader, item: DerItem): Partial<DecodedNode> {
  return listed(item, (access) => {
    const [method, location] = access.items ?? []
    const name = oidName(oidOf(method) ?? '') ?? oidOf(method) ?? 'access'
    return derNode(name, access, location ? { children: [generalNameNode(reader, location)] } : {})
  })
}

function policies(reader: DerReader, item: DerItem): Partial<DecodedNode> {
  return listed(item, (policy) => {
    const [id, qualifiers] = policy.items ?? []
    const children = [
      ...(id ? [oidNode('policyIdentifier', id)] : []),
      ...(qualifiers ? [anyNode('policyQualifiers', reader, qualifiers)] : []),
    ]
    return derNode('policy', policy, { value: oidOf(id) ?? '', children })
  })
}

function aaguid(reader: DerReader, item: DerItem): Partial<DecodedNode> {
  const bytes = reader.contentOf(item)
  if (!isA(item, 'octet string') || bytes.length !== 16)
    return { error: item.error ?? 'an octet string of 16 bytes is needed' }
  const id = uuidOf(bytes)
  return { value: id, children: [derNode('aaguid', item, { value: id, note: maker(id) })] }
}

function nonce(reader: DerReader, field: DerItem): DecodedNode {
  return bytesNode('nonce', reader, field.items?.[0] ?? field)
}
