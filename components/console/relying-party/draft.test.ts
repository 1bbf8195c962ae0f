import { expect, test } from 'vitest'
import type { RelyingPartyView } from '#lib/contract/console.ts'
import { asOrigin, changesOf, draftOf } from './draft.ts'

const saved: RelyingPartyView = {
  name: 'Acme Wallet',
  id: 'acme.example',
  origins: ['https://acme.example'],
  defaults: { name: 'Acme', id: 'localhost', origins: ['http://localhost:3000'] },
  passkeys: 0,
}

test('nothing is sent of what was not changed', () => {
  expect(changesOf(draftOf(saved), saved)).toEqual({})
})

test('only what differs is sent, empty origin rows left out', () => {
  expect(changesOf({ ...draftOf(saved), origins: ['https://acme.example', '', 'https://b.example'] }, saved)).toEqual({
    origins: ['https://acme.example', 'https://b.example'],
  })
})

test('a default is not stored, and neither is an empty field', () => {
  expect(changesOf({ name: '', id: 'localhost', origins: ['http://localhost:3000'] }, saved)).toEqual({
    name: null,
    id: null,
    origins: null,
  })
})

test.each([
  [' https://a.example/path?q ', 'https://a.example'],
  ['https://A.example:443', 'https://a.example'],
  ['a.example', 'a.example'],
  ['ftp://a.example', 'ftp://a.example'],
  [' ios:bundle-id:com.acme.wallet', 'ios:bundle-id:com.acme.wallet'],
])('%s is read as %s', (typed, origin) => {
  expect(asOrigin(typed)).toBe(origin)
})
