import { expect, test } from 'vitest'
import { username } from '#lib/contract/username.ts'
import { usernameMistake, usernameMistakeSoFar } from './username.ts'

test.each(['x'.repeat(64), '🔑'.repeat(64), 'e\u0301'.repeat(64), 'Ada Lovelace', '👨‍👩‍👧', '❤️'])(
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

test.each([' ada', 'ada ', '\u3000', 'a\u200bb', 'a\u202eb', 'a\u0000b', 'a\ud800b'])(
  '“%s” is refused in the server’s words',
  (name) => {
    const [issue] = username.safeParse(name).error?.issues ?? []
    expect(usernameMistake(name)).toBe(`This username ${issue?.message}.`)
  },
)

test('what is not written to its end is no mistake yet', () => {
  expect(['', ' ', 'Ada ', 'Ada L'].map(usernameMistakeSoFar)).toEqual([undefined, undefined, undefined, undefined])
  expect(usernameMistakeSoFar(' Ada')).toBe('This username starts or ends with white space.')
  expect(usernameMistake('Ada ')).toBe('This username starts or ends with white space.')
})
