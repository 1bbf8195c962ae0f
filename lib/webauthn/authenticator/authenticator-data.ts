import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { encode } from 'cborg'

export interface Flags {
  up: boolean
  uv: boolean
  be: boolean
  bs: boolean
  at: boolean
  ed: boolean
}

/** https://www.w3.org/TR/webauthn-3/#authdata-flags */
const bits: Readonly<Record<keyof Flags, number>> = { up: 0x01, uv: 0x04, be: 0x08, bs: 0x10, at: 0x40, ed: 0x80 }

export interface AuthenticatorDataParts {
  rpId: string
  /** The whole byte, or flag by flag. */
  flags: Flags | number
  signCount: number
  attested?: { aaguid: string; credentialId: Uint8Array; coseKey: Uint8Array } | undefined
  extensions?: ReadonlyMap<string, unknown> | undefined
}

/**
 * Lays out authenticator data, whatever its flags say: a part that is given is written.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data
 */
export function authenticatorDataOf({
  rpId,
  flags,
  signCount,
  attested,
  extensions,
}: AuthenticatorDataParts): Uint8Array {
  const fixed = new DataView(new ArrayBuffer(5))
  fixed.setUint8(0, typeof flags === 'number' ? flags : byteOf(flags))
  fixed.setUint32(1, signCount)
  const parts: Uint8Array[] = [sha256(utf8ToBytes(rpId)), new Uint8Array(fixed.buffer)]
  if (attested) {
    const length = new DataView(new ArrayBuffer(2))
    length.setUint16(0, attested.credentialId.length)
    const aaguid = hexToBytes(attested.aaguid.replaceAll('-', ''))
    parts.push(aaguid, new Uint8Array(length.buffer), attested.credentialId, attested.coseKey)
  }
  if (extensions) parts.push(encode(extensions))
  return concatBytes(...parts)
}

function byteOf(flags: Flags): number {
  return Object.entries(bits).reduce((byte, [name, bit]) => (flags[name as keyof Flags] ? byte | bit : byte), 0)
}
