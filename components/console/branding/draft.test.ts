import { expect, test } from 'vitest'
import { changesOf, colorOf, draftOf, shownOf } from './draft.ts'

const saved = { name: 'Acme', color: '#2b45e8', logoUrl: '/console/api/logos/lgo_1' }

test('nothing is sent of what was not changed', () => {
  expect(changesOf(draftOf(saved), saved)).toEqual({})
})

test('what is emptied goes back to the default', () => {
  expect(changesOf({ name: ' ', color: '', logo: '' }, saved)).toEqual({ name: null, color: null, logo: null })
})

test.each([
  ['#2B45E8', '#2b45e8'],
  ['2b45e8', '#2b45e8'],
  ['#0af', '#00aaff'],
  ['#2b45e', undefined],
  ['red', undefined],
  ['', undefined],
])('%j is the colour %s', (text, color) => {
  expect(colorOf(text)).toBe(color)
})

test('only pictures of this server, of https and freshly chosen ones are shown', () => {
  const shown = (logo: string) => shownOf({ name: '', color: '', logo }).logoUrl
  expect(shown('data:image/png;base64,AAAA')).not.toBeNull()
  expect(shown('/console/api/logos/lgo_1')).not.toBeNull()
  expect(shown('https://acme.example/logo.svg')).not.toBeNull()
  expect(shown('//acme.example/logo.svg')).toBeNull()
  expect(shown('http://acme.example/logo.svg')).toBeNull()
  expect(shown('javascript:alert(1)')).toBeNull()
})
