import { expect, test } from 'vitest'
import { permittedRpIds } from './permitted-rp-ids.ts'

test('a host may name itself and its parents, down to the registrable domain', () => {
  expect(permittedRpIds('login.eu.example.co.uk')).toEqual([
    'login.eu.example.co.uk',
    'eu.example.co.uk',
    'example.co.uk',
  ])
  expect(permittedRpIds('example.com')).toEqual(['example.com'])
  expect(permittedRpIds('localhost')).toEqual(['localhost'])
})

test('under a private suffix a host may not name the suffix', () => {
  expect(permittedRpIds('www.acme.github.io')).toEqual(['www.acme.github.io', 'acme.github.io'])
  expect(permittedRpIds('github.io')).toEqual([])
})

test('an address may name nothing, and *.localhost not localhost', () => {
  for (const host of ['127.0.0.1', '[::1]', '']) expect(permittedRpIds(host)).toEqual([])
  expect(permittedRpIds('app.localhost')).toEqual(['app.localhost'])
})
