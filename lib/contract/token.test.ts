import { expect, test } from 'vitest'
import { audienceOf } from './token.ts'

test('a test token is for another audience than a live one', () => {
  expect([audienceOf('live'), audienceOf('test')]).toEqual(['mpc-server', 'mpc-server:test'])
})
