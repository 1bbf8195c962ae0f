import { expect, test } from 'vitest'
import {
  algorithmLabel,
  algorithmName,
  algorithmOf,
  algorithms,
  curves,
  keyTypes,
  offeredAlgorithms,
} from './algorithms.ts'
import { defaultAlgorithms, webAuthnOptions } from './options.ts'

test('a number and a name are one algorithm’s only', () => {
  expect(new Set(algorithms.map(({ id }) => id)).size).toBe(algorithms.length)
  expect(new Set(algorithms.map(({ name }) => name)).size).toBe(algorithms.length)
})

test('every algorithm says what key it needs: a type, and a curve of that type or a size where it has one', () => {
  for (const { name, kty, crv, size } of algorithms) {
    expect(keyTypes[kty], name).toBeDefined()
    if (crv !== undefined) expect(curves[crv]?.kty, name).toBe(kty)
    else expect(kty === 3 || (size ?? 0) > 0, name).toBe(true)
  }
})

test.each([
  [-7, 'ES256'],
  [-9, 'ESP256'],
  [-19, 'Ed25519'],
  [-51, 'ESP384'],
  [-52, 'ESP512'],
])('%i is called %s', (id, name) => {
  expect(algorithmName(id)).toBe(name)
  expect(algorithmLabel(id)).toBe(`${name} (${id})`)
})

test('what is not known is called by its number', () => {
  expect(algorithmOf(-47)).toBeUndefined()
  expect(algorithmOf('ES256')).toBeUndefined()
  expect(algorithmName(-47)).toBe('COSE -47')
  expect(algorithmLabel(-47)).toBe('COSE -47')
})

test('callers may ask for what the server verifies, the default among it, and for nothing else', () => {
  const offered = offeredAlgorithms.map(({ id }) => id)
  const values = webAuthnOptions.find(({ path }) => path === 'pubKeyCredParams')?.values?.map(({ value }) => value)
  expect(values).toEqual(offered)
  expect(offered).toEqual(expect.arrayContaining([...defaultAlgorithms]))
  expect(offered).not.toContain(-65535)
})
