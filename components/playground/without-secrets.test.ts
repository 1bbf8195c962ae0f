import { expect, test } from 'vitest'
import { hasSecret, withoutSecrets } from './without-secrets.ts'

const apiKey = `sk_test_${'a'.repeat(12)}_${'b'.repeat(49)}`
const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c3JfMSJ9.c2lnbmF0dXJl'

test.each([
  ['a key', apiKey, '(a key)'],
  ['a key in a sentence', `The key ${apiKey}, which`, 'The key (a key), which'],
  ['a token', token, '(a token)'],
  ['a token behind other letters', `Bearer_${token}"`, 'Bearer_(a token)"'],
  ['a token without a signature', 'eyJhIjoxfQ.eyJiIjoyfQ.', '(a token)'],
  ['one behind a name with dots', `www.example.${token}`, 'www.example.(a token)'],
  ['two in a row', `${token}.${token}.x`, '(a token).(a token).x'],
  ['one whose parts could begin another', `${token} ${token}`, '(a token) (a token)'],
])('%s is taken out', (_, text, left) => {
  expect(withoutSecrets(text)).toBe(left)
  expect(hasSecret(text)).toBe(true)
})

test.each(['', 'ada', 'sk_test_', 'eyJ', 'eyJ.a.b', 'eyJhIjoxfQ.eyJiIjoyfQ', 'eyJhIjoxfQ..x', 'www.example.com/a.b.c'])(
  '“%s” is none, and stays',
  (text) => {
    expect(withoutSecrets(text)).toBe(text)
    expect(hasSecret(text)).toBe(false)
  },
)

test('a large text that begins a token everywhere is read once', () => {
  const text = 'eyJ'.repeat(330_000)
  expect(withoutSecrets(text)).toBe(text)
})
