import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { decodeCoseKey } from '../cose-key.ts'
import { pemOf } from './pem-of.ts'
import { coseKeyBytes, decodePublicKeyInfo, jwkOf, keyOfJwk, publicKeyInfoOf } from './public-key.ts'

const made = (pair: { publicKey: KeyObject }) => pair.publicKey
const keys: [name: string, alg: number, key: KeyObject][] = [
  ['P-256', -7, made(generateKeyPairSync('ec', { namedCurve: 'P-256' }))],
  ['P-384', -35, made(generateKeyPairSync('ec', { namedCurve: 'P-384' }))],
  ['P-521', -36, made(generateKeyPairSync('ec', { namedCurve: 'P-521' }))],
  ['Ed25519', -8, made(generateKeyPairSync('ed25519'))],
  ['Ed448', -53, made(generateKeyPairSync('ed448'))],
  ['RSA', -257, made(generateKeyPairSync('rsa', { modulusLength: 2048 }))],
  ['ML-DSA-44', -48, made(generateKeyPairSync('ml-dsa-44'))],
  ['ML-DSA-65', -49, made(generateKeyPairSync('ml-dsa-65'))],
  ['ML-DSA-87', -50, made(generateKeyPairSync('ml-dsa-87'))],
]

test.each(keys)('a key of %s is the same in DER, COSE and JWK, to the byte, as OpenSSL has it', (_, alg, key) => {
  const der = Uint8Array.from(key.export({ type: 'spki', format: 'der' }))
  const { value, errors } = decodePublicKeyInfo(der)
  expect(errors).toEqual([])
  if (!value) throw new Error('The key does not decode.')
  expect(value.alg).toBe(alg)
  expect(publicKeyInfoOf(value)).toEqual(der)
  const cose = coseKeyBytes(value)
  expect(decodeCoseKey(cose)).toMatchObject({ errors: [], value })
  const jwk = jwkOf(value)
  expect(keyOfJwk(jwk ?? {})).toEqual(value)
  expect(createPublicKey({ key: { ...jwk }, format: 'jwk' }).equals(key)).toBe(true)
  const { alg: _alg, ...without } = jwk ?? {}
  expect(keyOfJwk(without)).toEqual(value.kty === 7 ? undefined : value)
})

test('what is no key, or lacks something, is none', () => {
  expect(keyOfJwk({})).toBeUndefined()
  expect(keyOfJwk({ kty: 'EC', crv: 'P-256', x: 'AAAA' })).toBeUndefined()
  expect(keyOfJwk({ kty: 'EC', crv: 'secp256k1', x: 'AAAA', y: 'AAAA' })).toBeUndefined()
  expect(publicKeyInfoOf({ kty: 2, alg: -7, crv: 1 })).toBeUndefined()
  for (const bytes of [[], [0x30], [0x30, 0], [4, 1, 1], [0x30, 4, 0x30, 2, 5, 0]]) {
    expect(decodePublicKeyInfo(Uint8Array.from(bytes)).value).toBeUndefined()
  }
})

test('cut anywhere, a key never throws and is none', () => {
  for (const [, , key] of keys) {
    const der = Uint8Array.from(key.export({ type: 'spki', format: 'der' }))
    for (let length = 0; length < der.length; length += 10) {
      const { value, errors } = decodePublicKeyInfo(der.slice(0, length))
      expect([value, errors.length > 0]).toEqual([undefined, true])
    }
  }
})

test('a key in PEM is as OpenSSL writes it', () => {
  for (const [, , key] of keys) {
    const der = key.export({ type: 'spki', format: 'der' })
    expect(`${pemOf('PUBLIC KEY', Uint8Array.from(der)).trim()}\n`).toBe(key.export({ type: 'spki', format: 'pem' }))
  }
})
