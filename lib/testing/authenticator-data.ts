import { createHash } from 'node:crypto'
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
  attested?: { aaguid: string; credentialId: Uint8Array; coseKey: Uint8Array }
  extensions?: ReadonlyMap<string, unknown>
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
  const fixed = Buffer.alloc(5)
  fixed[0] = typeof flags === 'number' ? flags : byteOf(flags)
  fixed.writeUInt32BE(signCount, 1)
  const parts: Uint8Array[] = [createHash('sha256').update(rpId).digest(), fixed]
  if (attested) {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(attested.credentialId.length)
    parts.push(Buffer.from(attested.aaguid.replaceAll('-', ''), 'hex'), length, attested.credentialId, attested.coseKey)
  }
  if (extensions) parts.push(encode(extensions))
  return new Uint8Array(Buffer.concat(parts))
}

function byteOf(flags: Flags): number {
  return Object.entries(bits).reduce((byte, [name, bit]) => (flags[name as keyof Flags] ? byte | bit : byte), 0)
}
