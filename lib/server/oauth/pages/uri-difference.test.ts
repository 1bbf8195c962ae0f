import { expect, test } from 'vitest'
import { closestTo, differenceOf } from './uri-difference.ts'

test.each([
  ['https://a.example/cb', 'https://a.example/cb/', ['https://a.example/cb', '', '/', '']],
  ['http://a.example/cb', 'https://a.example/cb', ['http', '', 's', '://a.example/cb']],
  ['https://a.example/aa', 'https://a.example/a', ['https://a.example/a', 'a', '', '']],
  ['https://a.example:8080/cb', 'https://a.example:80/cb', ['https://a.example:80', '80', '', '/cb']],
  ['same', 'same', ['same', '', '', '']],
  ['', 'x', ['', '', 'x', '']],
  ['🔑a', '🔒a', ['', '🔑', '🔒', 'a']],
])('%s and %s differ in one place', (one, other, [before, mine, theirs, after]) => {
  expect(differenceOf(one, other)).toEqual({ before, one: mine, other: theirs, after })
})

test('the one that is meant is the one that is nearly the same', () => {
  const all = ['https://other.example/', 'https://a.example/callback', 'com.example.app:/callback']
  expect(closestTo('https://a.example/calback', all)).toBe('https://a.example/callback')
  expect(closestTo('anything', [])).toBeUndefined()
})
