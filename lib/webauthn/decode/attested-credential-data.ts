import { providerOf } from '../aaguid.ts'
import { decodeCbor } from './cbor.ts'
import { hexLine } from './cbor-node.ts'
import { decodeCoseKey } from './cose-key.ts'
import { count } from './count.ts'
import type { DecodedNode } from './node.ts'
import type { AttestedCredentialData } from './structures.ts'
import { shifted } from './tree.ts'
import { uuidOf } from './uuid.ts'

/**
 * Reads the attested credential data that the bytes begin with; `length` is how many of them it takes, all when
 * it is not `whole` and nobody can tell where it ends.
 *
 * `value` is there when the credential ID is complete.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-attested-credential-data
 */
export function decodeAttestedCredentialData(bytes: Uint8Array): {
  node: DecodedNode
  value?: AttestedCredentialData
  length: number
  whole: boolean
} {
  const children: DecodedNode[] = []
  const node: DecodedNode = {
    name: 'attestedCredentialData',
    note: 'the new credential',
    range: [0, bytes.length],
    spec: 'https://www.w3.org/TR/webauthn-3/#sctn-attested-credential-data',
    children,
  }
  const aaguid = uuidOf(bytes.subarray(0, 16))
  if (bytes.length >= 16) children.push({ name: 'aaguid', value: aaguid, note: maker(aaguid), range: [0, 16] })
  if (bytes.length < 18) {
    node.error = `at least 18 bytes are needed, and these are ${bytes.length}, though the flag AT is set`
    return { node, length: bytes.length, whole: false }
  }
  const idLength = ((bytes[16] as number) << 8) | (bytes[17] as number)
  const idEnd = 18 + idLength
  const lengthNode: DecodedNode = { name: 'credentialIdLength', value: String(idLength), range: [16, 18] }
  if (idLength === 0) lengthNode.error = 'a credential ID cannot be empty'
  if (idLength > 1023) lengthNode.error = `${idLength} bytes, where 1023 is the most that is allowed`
  children.push(lengthNode)
  const credentialId = bytes.slice(18, idEnd)
  const idNode: DecodedNode = {
    name: 'credentialId',
    value: hexLine(credentialId),
    note: `what the credential is found by, ${count(credentialId.length, 'byte')}`,
    range: [18, Math.min(idEnd, bytes.length)],
  }
  children.push(idNode)
  if (idEnd > bytes.length) {
    idNode.error = `${idLength} bytes are announced, and ${bytes.length - 18} are left`
    return { node, length: bytes.length, whole: false }
  }
  const { end, whole } = decodeCbor(bytes.subarray(idEnd))
  const length = idEnd + end
  const credentialPublicKey = bytes.slice(idEnd, length)
  const key = decodeCoseKey(credentialPublicKey)
  children.push(shifted({ ...key.node, name: 'credentialPublicKey' }, idEnd))
  node.range = [0, length]
  const publicKey = key.value && { publicKey: key.value }
  return { node, length, whole, value: { aaguid, credentialId, credentialPublicKey, ...publicKey } }
}

/** Whose model an AAGUID is, in words. */
export function maker(aaguid: string): string {
  if (/^[0-]*$/.test(aaguid)) return 'the authenticator’s model, not told'
  return providerOf(aaguid) ?? 'the authenticator’s model, not one that is known here'
}
