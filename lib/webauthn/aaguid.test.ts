import { expect, test } from 'vitest'
import { nameSources, providerOf } from './aaguid.ts'

test('a well-known provider is named, in either letter case', () => {
  expect(providerOf('fbfc3007-154e-4ecc-8c0b-6e020557d7bd')).toBe('Apple Passwords')
  expect(providerOf('EA9B8D66-4D01-1D21-3CE4-B6B48CB575D4')).toBe('Google Password Manager')
  expect(providerOf('2fc0579f-8113-47ea-b116-bb5a8db9202a')).toBe('YubiKey 5 Series with NFC')
  expect(providerOf('01020304-0506-0708-0102-030405060708')).toBe('Chromium virtual authenticator')
})

test('an AAGUID that was not told, or is not known, has no name', () => {
  expect(providerOf('00000000-0000-0000-0000-000000000000')).toBeNull()
  expect(providerOf('12345678-1234-1234-1234-123456789012')).toBeNull()
  expect(providerOf('')).toBeNull()
  expect(providerOf('constructor')).toBeNull()
})

test.each(nameSources)('$id: each AAGUID is one in lower case, each name fits a passkey’s', ({ names }) => {
  for (const [aaguid, name] of Object.entries(names)) {
    expect(aaguid).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(aaguid).not.toMatch(/^[0-]+$/)
    expect(name).toBe(name.trim().replace(/\s+/g, ' '))
    expect(name.length).toBeGreaterThan(0)
    expect([...name].length).toBeLessThanOrEqual(64)
  }
})

test('no AAGUID is named twice, and each source says where and when it is from', () => {
  const all = nameSources.flatMap(({ names }) => Object.keys(names))
  expect(new Set(all).size).toBe(all.length)
  expect(all.length).toBeGreaterThan(290)
  for (const { date, url } of nameSources) {
    expect(date).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(URL.canParse(url)).toBe(true)
  }
})
