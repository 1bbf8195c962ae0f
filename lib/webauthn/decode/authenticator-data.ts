import { decodeAttestedCredentialData } from './attested-credential-data.ts'
import { plainBytes } from './bytes.ts'
import { hexLine } from './cbor-node.ts'
import { count } from './count.ts'
import { decodeExtensions } from './extension-outputs.ts'
import { decodeFlags } from './flags.ts'
import type { Decoded, DecodedNode } from './node.ts'
import type { AuthenticatorData } from './structures.ts'
import { errorsOf, shifted } from './tree.ts'

const spec = 'https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data'

/**
 * Reads authenticator data: what the authenticator itself says, and signs.
 *
 * `value` is there when the fixed 37 bytes are, and holds as much of the rest as could be read. Whether the flags are
 * the ones that were asked for is a ceremony's question; here they must only agree with the bytes that follow.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data
 */
export function decodeAuthenticatorData(source: Uint8Array): Decoded<AuthenticatorData> {
  const bytes = plainBytes(source)
  const children: DecodedNode[] = []
  const node: DecodedNode = {
    name: 'authenticatorData',
    value: count(bytes.length, 'byte'),
    note: 'what the authenticator says about this ceremony; its signature covers these bytes',
    range: [0, bytes.length],
    spec,
    children,
  }
  const rpIdHash = bytes.slice(0, 32)
  if (rpIdHash.length > 0) children.push(rpIdHashNode(rpIdHash))
  const flags = decodeFlags(bytes[32] ?? 0)
  if (bytes.length > 32) children.push(shifted(flags.node, 32))
  if (bytes.length < 37) {
    node.error = `at least 37 bytes are needed, and these are ${bytes.length}`
    return { node, errors: errorsOf(node) }
  }
  const signCount = new DataView(bytes.buffer, bytes.byteOffset).getUint32(33)
  const value: AuthenticatorData = { rpIdHash, flags: flags.value, signCount }
  children.push({
    name: 'signCount',
    value: String(signCount),
    note: signCount ? 'signatures so far: it must grow' : 'the authenticator keeps no count, as synced passkeys do',
    range: [33, 37],
    spec: 'https://www.w3.org/TR/webauthn-3/#sctn-sign-counter',
  })
  let at = 37
  let whole = true
  if (flags.value.at) {
    const attested = decodeAttestedCredentialData(bytes.subarray(at))
    children.push(shifted(attested.node, at))
    if (attested.value) value.attestedCredentialData = attested.value
    at += attested.length
    whole = attested.whole
  }
  if (flags.value.ed && whole) {
    const extensions = decodeExtensions(bytes.subarray(at))
    children.push(shifted(extensions.node, at))
    if (extensions.value) value.extensions = extensions.value
    at += extensions.length
  }
  if (at < bytes.length) children.push(leftOver(bytes, at, value))
  return { node, value, errors: errorsOf(node) }
}

function rpIdHashNode(hash: Uint8Array): DecodedNode {
  return {
    name: 'rpIdHash',
    value: hexLine(hash),
    note: `SHA-256 of the relying party’s ID: the site that this passkey is for${hash.length < 32 ? ', cut short' : ''}`,
    range: [0, hash.length],
  }
}

function leftOver(bytes: Uint8Array, at: number, { flags }: AuthenticatorData): DecodedNode {
  const looksLikeMap = ((bytes[at] as number) & 0xe0) === 0xa0
  const missing = !flags.ed && looksLikeMap ? 'ED' : !flags.at && !flags.ed ? 'AT' : null
  const why = missing ? `: the flag ${missing} is not set, which would explain them` : ''
  return {
    name: 'leftover bytes',
    value: hexLine(bytes.subarray(at)),
    range: [at, bytes.length],
    error: `${count(bytes.length - at, 'byte')} more than the flags announce${why}`,
    spec,
  }
}
