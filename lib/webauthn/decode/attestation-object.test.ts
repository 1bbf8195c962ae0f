import { encode } from 'cborg'
import { expect, test } from 'vitest'
import { decodeAttestationObject } from './attestation-object.ts'
import { decodeAuthenticatorData } from './authenticator-data.ts'
import { decodeClientData } from './client-data.ts'
import { decodeCoseKey } from './cose-key.ts'
import type { DecodedNode } from './node.ts'

const key = encode(
  new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, new Uint8Array(32).fill(1)],
    [-3, new Uint8Array(32).fill(2)],
  ]),
)
const authData = Uint8Array.from([
  ...new Uint8Array(32).fill(3),
  ...[0xc5, 0, 0, 0, 0],
  ...new Uint8Array(16),
  ...[0, 16],
  ...new Uint8Array(16).fill(4),
  ...key,
  ...encode({ credProtect: 2 }),
])
const none = { fmt: 'none', attStmt: {}, authData }
const packed = {
  fmt: 'packed',
  attStmt: { alg: -7, sig: new Uint8Array(70), x5c: [new Uint8Array(600), new Uint8Array(500)] },
  authData,
}
const decode = (object: unknown) => decodeAttestationObject(encode(object))
const all = (node: DecodedNode): DecodedNode[] => [node, ...(node.children ?? []).flatMap(all)]
const find = (node: DecodedNode, name: string) => all(node).find((part) => part.name === name)

test('an object with its credential is read', () => {
  const { value, errors } = decode(none)
  expect(errors).toEqual([])
  expect(value).toMatchObject({ fmt: 'none', attStmt: new Map(), authData })
  expect(value?.authenticatorData?.value?.attestedCredentialData?.publicKey?.alg).toBe(-7)
})

test('every range counts from the object’s first byte', () => {
  const bytes = Uint8Array.from(encode(none))
  const { node } = decodeAttestationObject(bytes)
  const at = (name: string) => bytes.slice(...(find(node, name)?.range ?? []))
  expect(at('authData')).toEqual(authData)
  expect(at('rpIdHash')).toEqual(new Uint8Array(32).fill(3))
  expect(at('flags')).toEqual(Uint8Array.of(0xc5))
  expect(at('credentialId')).toEqual(new Uint8Array(16).fill(4))
  expect(at('credentialPublicKey')).toEqual(Uint8Array.from(key))
  expect(at('y')).toEqual(Uint8Array.from(encode(new Uint8Array(32).fill(2))))
  expect(at('credProtect')).toEqual(Uint8Array.of(2))
})

test('a statement’s members are shown with what they are', () => {
  const { node, errors } = decode(packed)
  expect(errors).toEqual([])
  expect(find(node, 'alg')?.note).toBe('ES256')
  expect(find(node, 'sig')?.note).toMatch(/^the signature .*, 70 bytes$/)
  expect(find(node, 'x5c[0]')?.note).toBe('attestation certificate (X.509, DER), 600 bytes')
  expect(find(node, 'x5c[1]')?.note).toBe('issuer certificate (X.509, DER), 500 bytes')
  const unknown = decode({ ...packed, attStmt: { ...packed.attStmt, more: 1 } })
  expect(unknown.errors).toEqual([])
  expect(find(unknown.node, 'more')?.note).toMatch(/not a member that is known here/)
})

test('a member that is missing, too many or of the wrong type is an error', () => {
  expect(decode({ fmt: 'none' }).errors).toEqual(['attStmt: missing', 'authData: missing'])
  expect(decode({ ...none, extra: 1 }).errors).toEqual(['extra: not a member of an attestation object'])
  expect(decode({ ...none, fmt: 1 }).errors).toEqual(['fmt: text is needed'])
  expect(decode({ ...none, attStmt: [] }).errors).toEqual(['attStmt: a CBOR map is needed'])
  expect(decode({ ...none, authData: 'x' }).errors).toEqual(['authData: a byte string is needed'])
  expect(decode({ ...none, attStmt: { a: 1 } }).errors).toEqual([
    'attStmt: the format “none” must have an empty statement',
  ])
  expect(decode({ ...packed, attStmt: { alg: -7 } }).errors).toEqual(['sig: missing, though packed needs it'])
  expect(decode({ ...packed, attStmt: { alg: 'x', sig: 1, x5c: [] } }).errors).toHaveLength(3)
  expect(decode({ ...packed, attStmt: { ...packed.attStmt, x5c: ['x'] } }).errors).toEqual([
    'x5c[0]: a byte string is needed',
  ])
  expect(decode([none]).errors).toEqual(['attestationObject: a CBOR map is needed, and this is array'])
})

test('a broken object has no value', () => {
  for (const object of [{ fmt: 'none' }, { ...none, fmt: 1 }, { ...none, attStmt: [] }, { ...none, authData: 'x' }]) {
    expect(decode(object).value).toBeUndefined()
  }
})

test('an object without a credential is an error', () => {
  const { errors } = decode({ ...none, authData: authData.slice(0, 37).fill(1, 32, 33) })
  expect(errors).toEqual(['authData: a registration needs a credential: the flag AT is not set'])
})

test('bytes after the object, and a member that is written twice, are errors', () => {
  const bytes = encode(none)
  expect(decodeAttestationObject(Uint8Array.of(...bytes, 0, 0)).errors).toEqual([
    'trailing bytes: 2 bytes after the object',
  ])
  const twice = Uint8Array.of(0xa4, ...bytes.subarray(1), ...encode('fmt'), ...encode('none'))
  expect(decodeAttestationObject(twice).errors).toEqual(['fmt: the key appears twice'])
})

test('nesting is read to sixteen levels, and ten thousand do no harm', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
  expect(decode({ ...packed, attStmt: { ...packed.attStmt, deep: nested(14) } }).errors).toEqual([])
  expect(decode({ ...packed, attStmt: { ...packed.attStmt, deep: nested(15) } }).errors.join()).toMatch(
    /more than 16 deep/,
  )
  const array = new Uint8Array(10_000).fill(0x81)
  const map = Uint8Array.from({ length: 10_000 }, (_, at) => (at % 2 ? 0x00 : 0xa1))
  for (const deep of [array, map, new Uint8Array(10_000).fill(0xa1)]) {
    expect(decodeAttestationObject(deep).errors.length).toBeGreaterThan(0)
    expect(decodeCoseKey(deep).errors.length).toBeGreaterThan(0)
    const inside = Uint8Array.from([...new Uint8Array(32), 0x81, 0, 0, 0, 0, ...deep])
    expect(decodeAuthenticatorData(inside).errors.length).toBeGreaterThan(0)
  }
})

test('no bytes whatever make a decoder throw, and every range stays within them', () => {
  const json = new TextEncoder().encode(
    '{"type":"webauthn.get","challenge":"AAAA","origin":"https://a.example","x":[{}]}',
  )
  const samples = [
    [decodeAttestationObject, encode(none)],
    [decodeAttestationObject, encode(packed)],
    [decodeAuthenticatorData, authData],
    [decodeCoseKey, key],
    [decodeClientData, json],
  ] as const
  // A fixed seed: a failure comes again.
  let seed = 1
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  for (const [decoder, sample] of samples) {
    for (let round = 0; round < 1500; round++) {
      const bytes = [...sample]
      for (let change = random(4); change >= 0; change--) {
        const at = random(Math.min(bytes.length, random(2) ? 120 : bytes.length))
        bytes.splice(at, random(3), ...Array.from({ length: random(3) }, () => random(256)))
      }
      const mutated = Uint8Array.from(random(5) ? bytes : bytes.slice(0, random(bytes.length)))
      const { node, errors } = decoder(mutated)
      const parts = all(node)
      expect(errors.length > 0).toBe(parts.some(({ error }) => error))
      const inside = ([from, to]: readonly [number, number]) => 0 <= from && from <= to && to <= mutated.length
      expect(parts.every(({ range }) => !range || inside(range))).toBe(true)
    }
  }
})

test.each([
  ['certificates', { x5c: Array(8).fill(new Uint8Array(500)) }, { x5c: Array(9).fill(new Uint8Array(500)) }],
  ['bytes of a certificate', { x5c: [new Uint8Array(4_096)] }, { x5c: [new Uint8Array(500), new Uint8Array(4_097)] }],
  ['bytes of SafetyNet’s answer', { response: new Uint8Array(16_384) }, { response: new Uint8Array(16_385) }],
])('a statement has so many %s and no more, for whoever reads them reads all', (_, most, more) => {
  const statement = (members: object) => decode({ ...packed, attStmt: { ...packed.attStmt, ...members } })
  expect(statement(most).errors).toEqual([])
  expect(statement(more).errors).toEqual([expect.stringMatching(/more than 8 certificates|longer than [\d,]+ bytes/)])
})
