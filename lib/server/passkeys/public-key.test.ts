import { generateKeyPairSync } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { expect, test } from 'vitest'
import { publicKeyFault } from './public-key.ts'

const okp = (x: Uint8Array) => publicKeyFault({ kty: 1, alg: -8, crv: 6, x })
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))

/** Of order 8: with it and its multiples, every small subgroup is made. */
const torsion = ed25519.Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')
const small = Array.from({ length: 8 }, (_, times) =>
  times === 0 ? ed25519.Point.ZERO : torsion.multiplyUnsafe(BigInt(times)),
)

test('Ed25519 keys that Node makes are keys', async () => {
  for (let round = 0; round < 20; round++) {
    const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
    expect(await okp(Buffer.from(x, 'base64url'))).toBeUndefined()
  }
})

test('under none of the eight points of small order can a passkey be', async () => {
  expect(new Set(small.map((point) => point.toHex())).size).toBe(8)
  for (const point of small) expect(await okp(point.toBytes()), point.toHex()).toMatch(/^a point of small order/)
})

test('a key with a part of small order is one: nobody can sign under it without its secret', async () => {
  const key = ed25519.Point.BASE.multiply(7n)
  for (const point of small) expect(await okp(key.add(point).toBytes())).toBeUndefined()
})

test.each([
  ['a y that no point has', `02${'00'.repeat(31)}`],
  ['a y of the prime itself', `ed${'ff'.repeat(30)}7f`],
  ['a y beyond the prime', `ee${'ff'.repeat(30)}7f`],
  ['zero with the sign of what is not zero', `01${'00'.repeat(30)}80`],
  ['31 bytes', '01'.repeat(31)],
])('what is written as %s is no Ed25519 key', async (_, x) => {
  expect(await okp(hex(x))).toBeDefined()
})

test('a point off its curve does not import, and one on it does', async () => {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const key = { kty: 2, alg: -7, crv: 1, x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') }
  expect(await publicKeyFault(key)).toBeUndefined()
  expect(await publicKeyFault({ ...key, y: new Uint8Array(32).fill(1) })).toBe('a key that does not import')
})

test.each([
  ['ml-dsa-44', -48],
  ['ml-dsa-65', -49],
  ['ml-dsa-87', -50],
] as const)('a key of %s imports, and not under another number or with a byte less', async (type, alg) => {
  const { pub } = generateKeyPairSync(type).publicKey.export({ format: 'jwk' })
  const key = { kty: 7, alg, pub: Buffer.from(String(pub), 'base64url') }
  expect(await publicKeyFault(key)).toBeUndefined()
  expect(await publicKeyFault({ ...key, alg: alg === -48 ? -49 : -48 })).toBe('a key that does not import')
  expect(await publicKeyFault({ ...key, pub: key.pub.subarray(1) })).toBe('a key that does not import')
})
