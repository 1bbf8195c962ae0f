import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { decodeAuthenticatorData } from './authenticator-data.ts'
import type { DecodedNode } from './node.ts'

const rpIdHash = Uint8Array.from({ length: 32 }, (_, at) => at)
const key = Uint8Array.from(
  encode(
    new Map<number, unknown>([
      [1, 1],
      [3, -8],
      [-1, 6],
      [-2, new Uint8Array(32).fill(7)],
    ]),
  ),
)
const aaguid = Uint8Array.of(
  0xfb,
  0xfc,
  0x30,
  0x07,
  0x15,
  0x4e,
  0x4e,
  0xcc,
  0x8c,
  0x0b,
  0x6e,
  0x02,
  0x05,
  0x57,
  0xd7,
  0xbd,
)
const extensions = encode({ credProtect: 2 })

const start = (flags: number, signCount = [0, 0, 0, 0]) => [...rpIdHash, flags, ...signCount]
const attested = (idLength = 16, publicKey: Uint8Array = key) => [
  ...aaguid,
  idLength >> 8,
  idLength & 255,
  ...new Uint8Array(idLength).fill(9),
  ...publicKey,
]
const decode = (...parts: number[][]) => decodeAuthenticatorData(Uint8Array.from(parts.flat()))
const names = (node: DecodedNode) => node.children?.map(({ name }) => name)

test('a sign-in’s data is read, with a place for every part and a node for every bit', () => {
  const { node, value, errors } = decode(start(0x1d, [0, 1, 0, 2]))
  expect(errors).toEqual([])
  expect(value).toEqual({
    rpIdHash,
    flags: { up: true, uv: true, be: true, bs: true, at: false, ed: false, byte: 0x1d },
    signCount: 65538,
  })
  expect(node.children?.map(({ name, range }) => [name, range])).toEqual([
    ['rpIdHash', [0, 32]],
    ['flags', [32, 33]],
    ['signCount', [33, 37]],
  ])
  const flags = node.children?.[1]
  expect(flags && names(flags)).toEqual(['UP', 'RFU1', 'UV', 'BE', 'BS', 'RFU2', 'AT', 'ED'])
  expect(flags?.children?.map((bit) => bit.value).join('')).toBe('10111000')
  expect(flags?.children?.every(({ note, range }) => note && range?.[0] === 32)).toBe(true)
})

test('a registration’s credential and extension outputs are read', () => {
  const { node, value, errors } = decode(start(0xc5), attested(), [...extensions])
  expect(errors).toEqual([])
  expect(value?.attestedCredentialData).toMatchObject({
    aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd',
    credentialId: new Uint8Array(16).fill(9),
    credentialPublicKey: key,
    publicKey: { kty: 1, alg: -8, crv: 6 },
  })
  expect(value?.extensions).toEqual(new Map([['credProtect', 2]]))
  const credential = node.children?.[3]
  expect(credential?.children?.map(({ name, range }) => [name, range])).toEqual([
    ['aaguid', [37, 53]],
    ['credentialIdLength', [53, 55]],
    ['credentialId', [55, 71]],
    ['credentialPublicKey', [71, 71 + key.length]],
  ])
  expect(credential?.children?.[0]?.note).toBe('Apple Passwords')
  expect(node.children?.[4]?.range).toEqual([71 + key.length, 71 + key.length + extensions.length])
})

test('a view into a larger buffer is read from its own beginning, and the value keeps its own bytes', () => {
  const larger = Uint8Array.from([1, 2, 3, ...start(0x01, [0, 0, 0, 5])])
  expect(decodeAuthenticatorData(larger.subarray(3)).value?.signCount).toBe(5)
  const buffer = Buffer.from(larger).subarray(3)
  const { value } = decodeAuthenticatorData(buffer)
  buffer.fill(0)
  expect(value?.rpIdHash).toEqual(rpIdHash)
})

test('fewer than 37 bytes have no value', () => {
  for (const length of [0, 36]) {
    const { value, errors } = decodeAuthenticatorData(new Uint8Array(length))
    expect(value).toBeUndefined()
    expect(errors).toHaveLength(1)
  }
})

test('cut anywhere, a registration’s data is an error and never throws', () => {
  const whole = Uint8Array.from([...start(0xc5), ...attested(), ...extensions])
  for (let length = 0; length < whole.length; length++) {
    expect(decodeAuthenticatorData(whole.subarray(0, length)).errors, `${length} bytes`).toHaveLength(1)
  }
})

test('flags that contradict what follows are an error', () => {
  expect(decode(start(0x41)).errors[0]).toMatch(/flag AT is set/)
  expect(decode(start(0x81)).errors[0]).toMatch(/flag ED is set, and nothing follows/)
  expect(decode(start(0x01), attested()).errors[0]).toMatch(/flag AT is not set/)
  expect(decode(start(0x41), attested(), [...extensions]).errors[0]).toMatch(/flag ED is not set/)
  expect(decode(start(0x01), [...extensions]).errors[0]).toMatch(/flag ED is not set/)
  expect(decode(start(0x01), [0]).errors[0]).toMatch(/leftover bytes: 1 byte more/)
  expect(decode(start(0xc5), attested(), [...extensions], [0]).errors).toEqual([
    'leftover bytes: 1 byte more than the flags announce',
  ])
})

test('a credential ID is 1 to 1023 bytes', () => {
  expect(decode(start(0x41), attested(1023)).errors).toEqual([])
  expect(decode(start(0x41), attested(1024)).errors).toEqual([
    'credentialIdLength: 1024 bytes, where 1023 is the most that is allowed',
  ])
  expect(decode(start(0x41), attested(0)).errors).toEqual(['credentialIdLength: a credential ID cannot be empty'])
})

test('what could be read is kept when the public key is broken', () => {
  const { value, errors } = decode(start(0xc1), attested(16, key.subarray(0, 10)))
  expect(errors).toHaveLength(1)
  expect(value?.attestedCredentialData?.credentialId).toHaveLength(16)
  expect(value?.attestedCredentialData?.publicKey?.alg).toBe(-8)
})

test('extension outputs are a map with text for keys', () => {
  expect(decode(start(0x81), [...encode([1])]).errors).toEqual(['extensions: a CBOR map is needed'])
  expect(decode(start(0x81), [...encode(new Map([[1, 2]]))]).errors).toEqual([
    '1: an extension’s identifier must be text',
  ])
})

test('bits without a meaning and a backup state without eligibility are told, and are for the ceremony to judge', () => {
  const { node, errors } = decode(start(0x33))
  expect(errors).toEqual([])
  const notes = node.children?.[1]?.children?.map(({ note }) => note).join()
  expect(notes).toMatch(/reserved: set/)
  expect(notes).toMatch(/forbidden without BE/)
})

test('what stands whole before a cut is shown', () => {
  const names = (length: number) =>
    decodeAuthenticatorData(
      Uint8Array.from([...start(0x41), ...attested()]).subarray(0, length),
    ).node.children?.flatMap(({ name, children = [] }) => [
      name,
      ...(name === 'flags' ? [] : children.map((child) => child.name)),
    ])
  expect(names(0)).toEqual([])
  expect(names(32)).toEqual(['rpIdHash'])
  expect(names(36)).toEqual(['rpIdHash', 'flags'])
  expect(names(52)).toEqual(['rpIdHash', 'flags', 'signCount', 'attestedCredentialData'])
  expect(names(53)?.at(-1)).toBe('aaguid')
})
