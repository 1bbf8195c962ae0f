import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { generatePrivateKey, importPrivateKey, signWith } from './key.ts'

const data = new TextEncoder().encode('data')
const bytes = (text = '') => new Uint8Array(Buffer.from(text, 'base64url'))

/** An ML-DSA key's is its seed. */
function scalarOf(key: KeyObject): Uint8Array {
  const { d, priv } = key.export({ format: 'jwk' })
  return bytes(d ?? String(priv))
}

test.each([-7, -35, -36, -8, -48, -49, -50])('a raw scalar gives the key that it belongs to, algorithm %i', (alg) => {
  const original = generatePrivateKey(alg)
  const imported = importPrivateKey({ scalar: scalarOf(original) }, alg)
  expect(createPublicKey(imported).equals(createPublicKey(original))).toBe(true)
})

test('two primes give the RSA key that they belong to', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { p, q } = privateKey.export({ format: 'jwk' })
  const imported = importPrivateKey({ p: bytes(p), q: bytes(q) }, -257)
  expect(createPublicKey(imported).equals(publicKey)).toBe(true)
  expect(verify('sha256', data, publicKey, signWith(imported, -257, data))).toBe(true)
})

test('a JWK is taken as it stands', () => {
  const original = generatePrivateKey(-7)
  const imported = importPrivateKey(original.export({ format: 'jwk' }), -7)
  expect(imported.equals(createPrivateKey(original.export({ format: 'pem', type: 'pkcs8' })))).toBe(true)
})

test('an algorithm that is not known is refused by name', () => {
  expect(() => generatePrivateKey(-47)).toThrow('the software authenticator does not know the COSE algorithm -47')
})
