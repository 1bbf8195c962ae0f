import { expect, test } from 'vitest'
import { providerOf } from './aaguid.ts'

test('a well-known provider is named, in either letter case', () => {
  expect(providerOf('fbfc3007-154e-4ecc-8c0b-6e020557d7bd')).toBe('iCloud Keychain')
  expect(providerOf('EA9B8D66-4D01-1D21-3CE4-B6B48CB575D4')).toBe('Google Password Manager')
})

test('an AAGUID that was not told, or is not known, has no name', () => {
  expect(providerOf('00000000-0000-0000-0000-000000000000')).toBeNull()
  expect(providerOf('12345678-1234-1234-1234-123456789012')).toBeNull()
  expect(providerOf('')).toBeNull()
  expect(providerOf('constructor')).toBeNull()
})
