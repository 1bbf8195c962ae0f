import { maker } from './attested-credential-data.ts'
import { decodeAuthenticatorData } from './authenticator-data.ts'
import { toHex } from './bytes.ts'
import { decodeCbor } from './cbor.ts'
import { hexLine } from './cbor-node.ts'
import { decodeCborTree } from './cbor-tree.ts'
import { decodeClientData } from './client-data.ts'
import { decodeCoseKey } from './cose-key.ts'
import { count } from './count.ts'
import type { Decoded } from './node.ts'
import { decodeSignature } from './signature.ts'
import { uuidOf } from './uuid.ts'
import { wholeAttestationObject } from './whole-attestation-object.ts'

/**
 * How well bytes fit a structure: `begins` as nothing else does, so that they are it even where they break; `may` be it;
 * or nothing speaks for it, and a person may still ask to have them read so.
 */
export type Fit = 'begins' | 'may' | 'no'

/** A structure that bytes can be read as. */
export interface ByteKind {
  kind: string
  /** With its article: “an attestation object”. */
  name: string
  note: string
  fits(bytes: Uint8Array): Fit
  decode(bytes: Uint8Array): Decoded<unknown> | Promise<Decoded<unknown>>
  as?: 'text'
}

/** The structures in the order in which they are tried: what nothing else begins like comes first. */
export const byteKinds: readonly ByteKind[] = [
  {
    kind: 'attestation-object',
    name: 'an attestation object',
    note: 'What the authenticator made: the new public key, and perhaps a statement about itself.',
    fits: (bytes) => (isMap(bytes) && /^..(?:63666d74|67617474|68617574)/.test(head(bytes)) ? 'begins' : 'no'),
    decode: wholeAttestationObject,
  },
  {
    kind: 'client-data',
    name: 'client data',
    note: 'What the browser vouches for: the authenticator signs its hash.',
    // Browsers write the type first, and sign what they wrote.
    fits: (bytes) => (/^7b2274797065223a22(?:776562|7061796d)/.test(head(bytes)) ? 'begins' : 'no'),
    decode: decodeClientData,
    as: 'text',
  },
  {
    kind: 'certificate',
    name: 'a certificate',
    note: 'X.509: a public key, whose it is, and who says so. Nobody is asked whether that holds.',
    fits: (bytes) => (sequences(bytes, 'a003|02|$') ? 'begins' : 'no'),
    decode: async (bytes) => (await import('./deep.ts')).decodeCertificate(bytes),
  },
  {
    kind: 'public-key',
    name: 'a public key (SPKI)',
    note: 'A public key with its algorithm, as PEM files and getPublicKey() have it.',
    fits: (bytes) => (sequences(bytes, '06') ? 'begins' : 'no'),
    decode: async (bytes) => (await import('./deep.ts')).decodePublicKeyInfo(bytes),
  },
  {
    kind: 'cose-key',
    name: 'a COSE key',
    note: 'A public key as authenticators write it.',
    fits: (bytes) => (isMap(bytes) && /^..01(?:01|02|03|07)(?:03|20|02|$)/.test(head(bytes)) ? 'begins' : 'no'),
    decode: decodeCoseKey,
  },
  {
    kind: 'signature',
    name: 'a signature',
    note: 'Over authenticator data followed by the SHA-256 hash of the client data, where a passkey made it.',
    fits: (bytes) =>
      /^30(?:[0-7].|81..)02[0-4]./.test(head(bytes)) ? 'begins' : [64, 256].includes(bytes.length) ? 'may' : 'no',
    decode: decodeSignature,
  },
  {
    kind: 'authenticator-data',
    name: 'authenticator data',
    note: 'What the authenticator says about this use of the passkey. It is signed.',
    fits: fitsAuthenticatorData,
    decode: decodeAuthenticatorData,
  },
  {
    kind: 'cbor',
    name: 'CBOR',
    note: 'Data in the binary form that authenticators speak.',
    fits: fitsCbor,
    decode: decodeCborTree,
  },
  {
    kind: 'aaguid',
    name: 'an AAGUID',
    note: 'The model of an authenticator: without a verified attestation, its own word.',
    fits: (bytes) => (bytes.length === 16 ? 'may' : 'no'),
    decode: (bytes) => whole(bytes, 'aaguid', uuidOf(bytes), maker(uuidOf(bytes))),
  },
  {
    kind: 'bytes',
    name: 'bytes that say nothing of themselves',
    note: 'A challenge, a credential ID, a hash and a key look alike.',
    fits: () => 'may',
    decode: (bytes) => whole(bytes, 'bytes', hexLine(bytes), sizes[bytes.length] ?? count(bytes.length, 'byte')),
  },
]

const sizes: Readonly<Record<number, string>> = {
  16: '16 bytes: as many as an AAGUID has, or a short challenge or credential ID',
  20: '20 bytes: as many as a SHA-1 hash has',
  32: '32 bytes: as many as a SHA-256 hash, a challenge or an Ed25519 key has',
  64: '64 bytes: as many as an Ed25519 signature, a SHA-512 hash or a user handle has',
  65: '65 bytes: as many as an uncompressed point on P-256 has',
}

function whole(bytes: Uint8Array, name: string, value: string, note: string): Decoded<unknown> {
  return { node: { name, value, note, range: [0, bytes.length] }, errors: [] }
}

/** The first bytes, in hex. */
function head(bytes: Uint8Array): string {
  return toHex(bytes.subarray(0, 24))
}

/** Whether DER begins with a SEQUENCE in a SEQUENCE, and in that with one of these. */
function sequences(bytes: Uint8Array, first: string): boolean {
  const length = '(?:82....|81..|[0-7].)'
  return new RegExp(`^30${length}30${length}(?:${first})`).test(head(bytes))
}

/** Brings the decoders that come when they are first needed, to be there when the network is not. */
export async function loadByteKinds(): Promise<void> {
  await import('./deep.ts')
}

function isMap(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & 0xe0) === 0xa0
}

/** The hash before them says nothing: flags without a reserved bit speak for it, and what they announce has to follow. */
function fitsAuthenticatorData(bytes: Uint8Array): Fit {
  const flags = bytes[32]
  if (flags === undefined || bytes.length < 37 || flags & 0x22) return 'no'
  const { errors, value } = decodeAuthenticatorData(bytes)
  if (errors.length === 0) return 'begins'
  const idLength = ((bytes[53] ?? 0) << 8) | (bytes[54] ?? 0)
  // Cut, or with something after it.
  return (value?.flags.at && idLength <= 1023) || (!value?.flags.at && bytes.length > 37) ? 'may' : 'no'
}

function fitsCbor(bytes: Uint8Array): Fit {
  const { item, end, whole } = decodeCbor(bytes)
  if (!item.entries?.length && !item.items?.length) return 'no'
  if (whole && end === bytes.length) return 'begins'
  return (item.entries?.length ?? item.items?.length ?? 0) > 1 ? 'may' : 'no'
}
