import { encode } from 'cborg'
import type { CreateOverrides, GetOverrides } from '#lib/testing/authenticator.ts'
import { bytesOf, pattern } from './bytes.ts'
import { certificatesOf } from './certificates.ts'
import { long, texts } from './texts.ts'

// What an authenticator or a browser may be made to say: each member as large as it may be, and as bad as it can be.

const most = {
  authenticatorData: 4 * 1024,
  clientData: 8 * 1024,
  signature: 8 * 1024,
  object: 32 * 1024,
  results: 40 * 1024,
}

/** CBOR by what is bad about it: so many bytes of it. */
const cbor: Record<string, (bytes: number) => Uint8Array> = {
  'empty byte strings in an array': (bytes) => items(0x80, 0x40, bytes),
  'empty byte strings in arrays in arrays': (bytes) => bytesOf(Array(15).fill(0x81), items(0x80, 0x40, bytes - 15)),
  'empty arrays in an array': (bytes) => items(0x80, 0x80, bytes),
  'arrays in arrays': (bytes) => new Uint8Array(bytes).fill(0x81),
  'maps as keys of maps': (bytes) => new Uint8Array(bytes).fill(0xa1),
  'keys that are arrays': (bytes) =>
    bytesOf(head(0xa0, Math.floor(bytes / 18) - 1), pattern([0x90, ...Array(16).fill(0x40), 0x00], bytes - 3)),
  'keys that are numbers': (bytes) => bytesOf(head(0xa0, Math.floor((bytes - 9) / 4)), numbered(bytes - 9)),
  'a claim of 2^32 items': (bytes) => bytesOf([0x9a, 255, 255, 255, 255], new Uint8Array(bytes - 5)),
  'a claim of 2^53 items': (bytes) => bytesOf([0x9b, 0, 31, 255, 255, 255, 255, 255, 255], new Uint8Array(bytes - 9)),
  'a claim of 2^64 bytes': (bytes) => bytesOf([0x5b, ...Array(8).fill(255)], new Uint8Array(bytes - 9)),
  'claims within claims': (bytes) => pattern([0x99, 255, 255], bytes),
  'indefinite arrays': (bytes) => new Uint8Array(bytes).fill(0x9f),
  'indefinite text in pieces': (bytes) => bytesOf([0x7f], pattern([0x61, 0x61], bytes - 1)),
  tags: (bytes) => new Uint8Array(bytes).fill(0xc1),
  'long numbers': (bytes) =>
    bytesOf(head(0x80, Math.floor((bytes - 9) / 9)), pattern([0x1b, 0, 31, ...Array(6).fill(255)], bytes - 9)),
  floats: (bytes) =>
    bytesOf(head(0x80, Math.floor((bytes - 9) / 9)), pattern([0xfb, 0x7f, 0xef, ...Array(6).fill(255)], bytes - 9)),
  'one long text': (bytes) => encode(long('\u0301', bytes - 5)),
}

type Overridden<Overrides> = Record<string, Overrides>

/** What to answer `navigator.credentials.get()` with. */
export function assertions(): Overridden<GetOverrides> {
  const extensions = withCbor('extensions', (payload) => ({ authenticatorData: dataWith(0x85, payload) }))
  const attested = withCbor('a key', (payload) => ({
    authenticatorData: dataWith(0x45, bytesOf(Array(18).fill(0), payload)),
  }))
  return { ...extensions, ...attested, ...ofBoth() }
}

/** What to answer `navigator.credentials.create()` with. */
export function attestations(): Overridden<CreateOverrides> {
  const room = most.object - 200
  const whole = Object.entries(cbor).map(([name, make]) => [
    `an attestation object: ${name}`,
    { attestationObject: () => make(most.object) },
  ])
  const statement = Object.entries(cbor).map(([name, make]) => [
    `a statement: ${name}`,
    { attestationObject: (object: Uint8Array) => withStatement(object, 'packed', make(room - object.length)) },
  ])
  const key = withCbor('a public key', (payload) => ({ coseKey: () => payload }))
  const certificates = Object.entries(certificatesOf(room - 1_000)).flatMap(([name, x5c]) =>
    ['packed', 'tpm', 'android-key', 'fido-u2f', 'apple'].map((fmt) => [
      `${fmt} with ${name}`,
      {
        fmt,
        attStmt: new Map<string, unknown>([
          ['alg', -7],
          ['sig', new Uint8Array(70)],
          ['x5c', x5c],
          ['ver', '2.0'],
          ['certInfo', new Uint8Array(200)],
          ['pubArea', new Uint8Array(200)],
        ]),
      },
    ]),
  )
  const jws = ['.', 'a', `${Buffer.from('['.repeat(9_000)).toString('base64url')}.`].map((text, at) => [
    `android-safetynet of bad text ${at + 1}`,
    {
      fmt: 'android-safetynet',
      attStmt: new Map<string, unknown>([
        ['ver', '1'],
        ['response', Buffer.from(long(text, room - 1_000))],
      ]),
    },
  ])
  const rsa = {
    'a key of 160,000 bits': {
      coseKey: () =>
        new Map<number, unknown>([
          [1, 3],
          [3, -257],
          [-1, Buffer.alloc(20_000, 255)],
          [-2, Buffer.alloc(300, 255)],
        ]),
    },
  }
  return {
    ...Object.fromEntries([...whole, ...statement, ...certificates, ...jws]),
    ...key,
    ...rsa,
    ...ofBoth(),
  } as Overridden<CreateOverrides>
}

function ofBoth(): Overridden<GetOverrides> {
  const room = most.clientData - 64
  const json = {
    'open arrays': '['.repeat(room),
    'arrays in arrays': `{"type":${'['.repeat(room / 2)}${']'.repeat(room / 2)}}`,
    members: `{${Array.from({ length: room / 9 - 1 }, (_, at) => `"${at.toString(36).padStart(4, 'a')}":0`)}}`,
    'one member, many times': `{${Array.from({ length: room / 11 - 1 }, () => '"origin":0')}}`,
    'a long number': `{"type":${'9'.repeat(room)}}`,
    escapes: `{"type":"${'\\u0061'.repeat(room / 6 - 4)}"}`,
  }
  const members = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [at.toString(36).padStart(4, 'a'), 0]))
  const asManyAsAreRead = Array.from({ length: 480 }, () => new Uint8Array(7))
  return {
    'extensions of as many items as are read': { extensions: new Map([['x', asManyAsAreRead]]) },
    ...Object.fromEntries(
      Object.entries(json).map(([name, text]) => [`client data: ${name}`, { clientDataText: text }]),
    ),
    ...Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [
        `an origin of ${name}`,
        { clientData: { origin: long(text, room - 256) } },
      ]),
    ),
    'a signature of sequences': { signature: () => new Uint8Array(most.signature).fill(0x30) },
    'a signature of long integers': {
      signature: () => bytesOf([0x30, 0x82, 0x1f, 0xfc, 0x02, 0x82, 0x1f, 0xf8], new Uint8Array(most.signature - 8)),
    },
    'extension results of many members': { clientExtensionResults: members(most.results / 9) },
    'extension results of empty lists': {
      clientExtensionResults: { prf: Array.from({ length: most.results / 3 }, () => []) },
    },
    'extension results of long text': {
      clientExtensionResults: { prf: { results: { first: long('\u0301', most.results) } } },
    },
  }
}

function withCbor<Overrides>(where: string, use: (payload: Uint8Array) => Overrides): Overridden<Overrides> {
  const room = most.authenticatorData - 55
  return Object.fromEntries(Object.entries(cbor).map(([name, make]) => [`${where}: ${name}`, use(make(room))]))
}

/** Authenticator data that begins as it should, with these flags and what follows. */
function dataWith(flags: number, rest: Uint8Array) {
  return (data: Uint8Array) => bytesOf(data.subarray(0, 32), [flags], data.subarray(33, 37), rest)
}

/** An attestation object of this format with this for a statement, and its own authenticator data. */
function withStatement(object: Uint8Array, fmt: string, statement: Uint8Array): Uint8Array {
  const data = Buffer.from(object)
  const at = data.indexOf('authData')
  return bytesOf([0xa3], encode('fmt'), encode(fmt), data.subarray(at - 1), encode('attStmt'), statement)
}

function items(type: number, item: number, bytes: number): Uint8Array {
  return bytesOf(head(type, bytes - 3), new Uint8Array(bytes - 3).fill(item))
}

/** The first bytes of a container of so many members, as short as CTAP2 wants them. */
function head(type: number, members: number): number[] {
  if (members < 24) return [type + members]
  return members < 256 ? [type + 24, members] : [type + 25, members >> 8, members & 255]
}

function numbered(bytes: number): Uint8Array {
  return bytesOf(...Array.from({ length: Math.floor(bytes / 4) }, (_, at) => [0x19, (at + 256) >> 8, at & 255, 0x00]))
}
