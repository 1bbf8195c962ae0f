import { expect, test } from 'vitest'
import { WebAuthenticator } from '#lib/webauthn/authenticator/web-authenticator.ts'
import type { SoftwareAuthenticator } from './answering.ts'
import { candidateWords, nameAmong } from './candidate-words.ts'
import { platformSettings } from './software-settings.ts'

const named = (id: number, name: string): SoftwareAuthenticator => ({
  id,
  settings: { ...platformSettings, name },
  web: new WebAuthenticator({ origin: 'https://acme.example' }),
})

test('each of several is called as no other is, whatever names they were given', () => {
  const all = ['Platform', 'Platform ', '', ' ', 'Phone'].map((name, at) => named(at + 1, name))
  expect(all.map((each) => nameAmong(all, each))).toEqual([
    'Platform, number 1',
    'Platform, number 2',
    'Unnamed, number 3',
    'Unnamed, number 4',
    'Phone',
  ])
  expect(all.slice(0, 1).map((each) => nameAmong([each], each))).toEqual(['Platform'])
  expect(nameAmong([], named(1, ' '))).toBe('Unnamed')
  const labels = all.map((authenticator) => candidateWords({ authenticator }, all).label)
  expect(new Set(labels).size).toBe(all.length)
})
