import { expect, test } from 'vitest'
import { rsaExponentError, rsaModulusError } from './rsa.ts'

const modulus = (...bytes: number[]) => Uint8Array.from([...bytes, ...new Array(255).fill(0xff)])

test('a modulus is odd, of 2048 to 8192 bits, without leading zeros', () => {
  expect(rsaModulusError(modulus(0x80))).toBeUndefined()
  expect(rsaModulusError(new Uint8Array(1024).fill(0xff))).toBeUndefined()
  expect(rsaModulusError(modulus(0x7f))).toMatch(/^2047 bits are weak/)
  expect(rsaModulusError(modulus(0x00, 0x80))).toMatch(/leading zero/)
  expect(rsaModulusError(new Uint8Array(1025).fill(0xff))).toMatch(/too many/)
  expect(rsaModulusError(new Uint8Array(256).fill(0xfe))).toMatch(/even/)
  expect(rsaModulusError(new Uint8Array())).toBeDefined()
})

test('an exponent is odd and at least 65537, in at most eight bytes without leading zeros', () => {
  expect(rsaExponentError(Uint8Array.of(1, 0, 1))).toBeUndefined()
  expect(rsaExponentError(Uint8Array.of(1))).toMatch(/too small/)
  expect(rsaExponentError(Uint8Array.of(3))).toMatch(/too small/)
  expect(rsaExponentError(Uint8Array.of(1, 0, 2))).toMatch(/even/)
  expect(rsaExponentError(Uint8Array.of(0, 1, 0, 1))).toMatch(/leading zero/)
  expect(rsaExponentError(new Uint8Array(9).fill(1))).toMatch(/too large/)
  expect(rsaExponentError(new Uint8Array())).toBeDefined()
})
