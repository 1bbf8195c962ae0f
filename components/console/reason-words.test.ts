import { expect, test } from 'vitest'
import { reasonWithin, reasonWords } from './reason-words.ts'

test('a reason has one wording: of its check, else the title of its code', () => {
  const words = ['origin', 'user_unknown', 'top_up-gone'].map((reason) => reasonWords({ reason }))
  expect(words).toEqual(['Origin not allowed', 'The user has no passkey here', 'Top up gone'])
  expect(reasonWithin({ reason: 'rp-id-hash' })).toBe('made for another RP ID')
})
