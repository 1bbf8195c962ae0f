import { expect, test } from 'vitest'
import type { ErrorCode } from '#lib/contract/errors.ts'
import { arrivalWords } from './arrival-words.ts'

const words = (code: ErrorCode) => arrivalWords({ code, detail: 'It has expired.' })

test('a second phone is told that the code was used, what that means and what to do; another try is no help', () => {
  const { title, note, again } = words('hand_off_used')
  expect(title).toContain('used already')
  expect(note).toMatch(/one phone, once.*Ask for a new code/)
  expect(again).toBe(false)
})

test('a code that is over says why in the server’s words', () => {
  expect(words('not_found')).toMatchObject({ note: 'It has expired.', again: false })
})

test('an address that was cut off is told as that, and another try is no help', () => {
  expect(words('invalid_request')).toMatchObject({ title: expect.stringContaining('not whole'), again: false })
})

test.each(['ip_not_allowed', 'rate_limited', 'concurrency_limited', 'internal', 'unavailable'] as const)(
  'after %s the code may be tried again',
  (code) => expect(words(code).again).toBe(true),
)

test('no answer is told as that', () => {
  expect(arrivalWords(undefined)).toMatchObject({ title: expect.stringContaining('could not be reached'), again: true })
})

test('of too many at once the server’s words say until when', () => {
  expect(words('rate_limited').note).toMatch(/^It has expired\. Then try again: the code is still good/)
})
