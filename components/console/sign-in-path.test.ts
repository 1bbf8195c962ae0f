import { expect, test } from 'vitest'
import { pathHere, signInPath } from './sign-in-path.ts'

test('a path of this site is kept, with its query and fragment', () => {
  expect(pathHere('/console/usage?environment=live#top')).toBe('/console/usage?environment=live#top')
})

test('the way to sign in remembers where one was', () => {
  expect(signInPath('/console/audit?q=a&b')).toBe('/console/sign-in?next=%2Fconsole%2Faudit%3Fq%3Da%26b')
  expect(signInPath('/console')).toBe('/console/sign-in')
})

test.each([
  null,
  undefined,
  '',
  'console/usage',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'javascript:alert(1)',
  '/console/sign-in?next=/console/sign-in',
  '/console/api/audit.csv',
])('%j leads to the first page and nowhere else', (next) => {
  expect(pathHere(next)).toBe('/console')
})
