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

test.each([
  [2420, 'ML-DSA-44'],
  [3309, 'ML-DSA-65'],
  [4627, 'ML-DSA-87'],
])('of %i bytes it is one of %s', (length, name) => {
  expect(decodeSignature(new Uint8Array(length)).node).toMatchObject({ note: `one opaque value, as ${name} makes it` })
})
