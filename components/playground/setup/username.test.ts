import { expect, test } from 'vitest'
import { username } from '#lib/contract/username.ts'
import { usernameMistake } from './username.ts'

test.each(['x'.repeat(64), '🔑'.repeat(64), 'e\u0301'.repeat(64)])(
  '%s is no mistake, for the server neither',
  (name) => {
    expect(usernameMistake(name)).toBeUndefined()
    expect(username.safeParse(name).success).toBe(true)
  },
)

test.each(['x'.repeat(65), '🔑'.repeat(65), 'e\u0301'.repeat(65)])('%s is too long, for the server too', (name) => {
  expect(usernameMistake(name)).toBe('A username has at most 64 characters; this one has 65.')
  expect(username.safeParse(name).success).toBe(false)
})
