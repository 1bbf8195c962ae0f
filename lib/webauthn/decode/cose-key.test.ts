import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { decodeCoseKey } from './cose-key.ts'

type Key = [label: unknown, value: unknown][]
const filled = (length: number, byte = 0xa5) => new Uint8Array(length).fill(byte)
const es256: Key = [
  [1, 2],
  [3, -7],
  [-1, 1],
  [-2, filled(32)],
  [-3, filled(32)],
]
const ed25519: Key = [
  [1, 1],
  [3, -8],
  [-1, 6],
  [-2, filled(32)],
]
const rs256: Key = [
  [1, 3],
  [3, -257],
  [-1, filled(256)],
  [-2, Uint8Array.of(1, 0, 1)],
]

const bytes = (key: Key) => encode(new Map(key))
const errors = (key: Key) => decodeCoseKey(bytes(key)).errors
const changed = (key: Key, ...changes: Key): Key => [...new Map([...key, ...changes])]
const without = (key: Key, label: number) => key.filter(([other]) => other !== label)

test('a key of every algorithm in use is read', () => {
  const ec2 = (alg: number, crv: number, size: number) =>
    changed(es256, [3, alg], [-1, crv], [-2, filled(size)], [-3, filled(size)])
  const keys: Key[] = [es256, ec2(-9, 1, 32), ec2(-35, 2, 48), ec2(-51, 2, 48), ec2(-36, 3, 66), ec2(-52, 3, 66)]
  keys.push(ed25519, changed(ed25519, [3, -19]), changed(ed25519, [3, -53], [-1, 7], [-2, filled(57)]))
  keys.push(...[-257, -258, -259, -37, -38, -39].map((alg) => changed(rs256, [3, alg])))
  keys.push([
    [1, 7],
    [3, -48],
    [-1, filled(1312)],
  ])
  for (const key of keys) expect(errors(key)).toEqual([])
})

test('the value holds the parameters under their names, and the tree says what they are', () => {
  const { node, value } = decodeCoseKey(bytes(es256))
  expect(value).toEqual({ kty: 2, alg: -7, crv: 1, x: filled(32), y: filled(32) })
  expect(node.value).toBe('ES256')
  expect(node.children?.map(({ name, note, range }) => [name, note, range])).toEqual([
    ['kty', 'key type EC2', [2, 3]],
    ['alg', 'ES256', [4, 5]],
    ['crv', 'curve P-256', [6, 7]],
    ['x', 'the point’s x coordinate, 32 bytes', [8, 42]],
    ['y', 'the point’s y coordinate, 32 bytes', [43, 77]],
  ])
})

test('key type, algorithm and curve must agree', () => {
  expect(errors(changed(es256, [3, -257]))).toEqual(['alg: RS256 needs a key of type RSA'])
  expect(errors(changed(es256, [3, -35]))).toEqual(['crv: ES384 needs P-384'])
  expect(errors(changed(ed25519, [-1, 1]))).toEqual(['crv: P-256 needs a key of type EC2'])
  expect(errors(changed(ed25519, [3, -53]))).toEqual(['crv: Ed448 needs Ed448'])
  expect(errors(changed(es256, [-1, 8]))).toEqual(['crv: not a curve that WebAuthn uses'])
  expect(errors(changed(es256, [3, -47]))).toEqual(['alg: not a known signature algorithm'])
  expect(errors(changed(es256, [3, 'ES256']))).toEqual(['alg: not a known signature algorithm'])
  expect(errors(changed(es256, [1, 'EC2']))).toContain('kty: not a known key type')
})

test('a coordinate that is missing, of the wrong size or type, or compressed is an error', () => {
  expect(errors(without(es256, -3))).toEqual(['y: missing (label -3)'])
  expect(errors(without(ed25519, -2))).toEqual(['x: missing (label -2)'])
  expect(errors(changed(es256, [-2, filled(31)]))).toEqual(['x: P-256 needs 32 bytes, and these are 31'])
  expect(errors(changed(es256, [-2, 'x']))).toEqual(['x: a byte string is needed'])
  expect(errors(changed(es256, [-3, true]))).toEqual(['y: a compressed point, which WebAuthn forbids'])
})

test('an RSA key must be strong', () => {
  expect(errors(changed(rs256, [-1, filled(128)]))).toEqual(['n: 1024 bits are weak: at least 2048 are needed'])
  expect(errors(changed(rs256, [-2, Uint8Array.of(3)]))).toEqual(['e: 3 is too small: at least 65537 is needed'])
  expect(errors(without(rs256, -1))).toEqual(['n: missing (label -1)'])
})

test('a parameter that a credential public key must not hold is an error', () => {
  expect(errors(changed(es256, [-4, filled(32)]))).toEqual(['-4: a credential public key must not hold this parameter'])
  expect(errors(changed(es256, [4, [1]]))).toEqual(['4: a credential public key must not hold this parameter'])
  expect(errors(changed(es256, ['kty', 2]))).toEqual(['kty: a credential public key must not hold this parameter'])
})

test('a parameter that is written twice is an error', () => {
  const key = bytes(ed25519)
  const twice = Uint8Array.of(0xa5, ...key.subarray(1), 0x03, 0x26)
  expect(decodeCoseKey(twice).errors.join()).toMatch(/alg: the key appears twice/)
})

test('bytes that are not the one canonical map are an error', () => {
  const key = bytes(ed25519)
  expect(decodeCoseKey(Uint8Array.of(...key, 0)).errors).toEqual(['trailing bytes: 1 byte after the key'])
  expect(decodeCoseKey(Uint8Array.of(0xbf, ...key.subarray(1), 0xff)).errors.join()).toMatch(/indefinite/)
  expect(decodeCoseKey(Uint8Array.of(0xb8, 4, ...key.subarray(1))).errors.join()).toMatch(/more bytes than necessary/)
  expect(decodeCoseKey(encode(filled(32))).errors).toEqual(['COSE_Key: a CBOR map is needed, and this is bytes'])
  expect(decodeCoseKey(new Uint8Array()).errors).toHaveLength(1)
  expect(decodeCoseKey(key.subarray(0, 20)).errors).toHaveLength(1)
  expect(decodeCoseKey(Uint8Array.of(0xa4, 0xf9, 0x3c, 0, 1, ...key.subarray(3))).errors.join()).toMatch(/float/)
})

test('a key that cannot be named has no value, and one with errors has what could be read', () => {
  expect(decodeCoseKey(bytes(without(es256, 3))).value).toBeUndefined()
  expect(decodeCoseKey(bytes(changed(es256, [-3, true]))).value).toEqual({ kty: 2, alg: -7, crv: 1, x: filled(32) })
})
