import { expect, test } from 'vitest'
import { otherNameOf } from './other-name.ts'

test('localhost has a second name on the same port, and nothing else has one', () => {
  expect(otherNameOf('http://localhost:3000')).toBe('http://127.0.0.1:3000')
  for (const origin of ['https://localhost:3000', 'https://playground.example.com', 'http://127.0.0.1:3000'])
    expect(otherNameOf(origin)).toBeUndefined()
})
