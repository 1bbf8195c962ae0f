import { createSign, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { toHex } from './bytes.ts'
import { decodeSignature } from './signature.ts'

test.each(['P-256', 'P-521'])('an ECDSA signature on %s is its two integers, with their bytes', (namedCurve) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve })
  const bytes = new Uint8Array(createSign('sha256').update('x').sign(privateKey))
  const [r, s] = decodeSignature(bytes).node.children ?? []
  expect([r?.name, s?.name]).toEqual(['r', 's'])
  expect(s?.range?.[1]).toBe(bytes.length)
  expect(s?.value).toBe(toHex(bytes.subarray(...(s?.range ?? []))))
})

test('an Ed25519 signature is its two halves', () => {
  const children = decodeSignature(new Uint8Array(64)).node.children?.map(({ name, range }) => [name, range])
  expect(children).toEqual([
    ['R', [0, 32]],
    ['S', [32, 64]],
  ])
})

test('any other signature is one opaque value', () => {
  for (const bytes of [new Uint8Array(256), new Uint8Array([0x30, 2, 2, 9]), new Uint8Array()]) {
    const { node } = decodeSignature(bytes)
    expect(node.children).toBeUndefined()
    expect(node).toMatchObject({ value: toHex(bytes), note: 'one opaque value, as RSA makes it' })
  }
})

test('the algorithm says what a signature is made of, and a wrong one is an error', () => {
  const ed448 = decodeSignature(new Uint8Array(114), -53).node
  expect(ed448.children?.map(({ range }) => range)).toEqual([
    [0, 57],
    [57, 114],
  ])
  expect(decodeSignature(new Uint8Array(256), -257).node.note).toBe('RS256: one number of 2048 bits')
  expect(decodeSignature(new Uint8Array(63), -8).errors).toEqual(['signature: 64 bytes are needed, and these are 63'])
  expect(decodeSignature(new Uint8Array(64), -7).errors).toEqual(['signature: not an ECDSA signature in DER'])
  expect(decodeSignature(new Uint8Array(64), -48).errors).toHaveLength(1)
})

test.each([
  [2420, 'ML-DSA-44', -48],
  [3309, 'ML-DSA-65', -49],
  [4627, 'ML-DSA-87', -50],
])('a signature of %i bytes is %s, in three parts', (length, name, alg) => {
  for (const { node } of [decodeSignature(new Uint8Array(length)), decodeSignature(new Uint8Array(length), alg)]) {
    expect(node.children?.map(({ name }) => name)).toEqual(['c̃', 'z', 'h'])
    expect(node.children?.[0]?.note).toContain(name)
    expect(node.children?.at(-1)?.range?.[1]).toBe(length)
  }
})

test('an ECDSA signature that is cut short shows the number before the cut', () => {
  const bytes = Uint8Array.of(0x30, 8, 2, 2, 1, 2, 2, 2, 3, 4)
  const { node, errors } = decodeSignature(bytes.subarray(0, 8))
  expect(errors).toEqual(['signature: 8 bytes are announced, and 6 are left'])
  expect(node.children?.map(({ name, value }) => [name, value])).toEqual([['r', '0102']])
})
