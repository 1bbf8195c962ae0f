import { expect, test } from 'vitest'
import { z } from 'zod'
import { malformed } from './problem.ts'
import { redact } from './redact.ts'

const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'
const key = `sk_live_${'a'.repeat(12)}_${'b'.repeat(49)}`

test.each([
  ['a key', `the key ${key} here`, 'the key [redacted] here'],
  ['a key that was cut off', `the key ${key.slice(0, 40)}`, 'the key [redacted]'],
  ['a token', `{"token":"${token}"}`, '{"token":"[redacted]"}'],
  ['a token that was cut off', `Bearer ${token.slice(0, 30)}`, 'Bearer [redacted]'],
  ['several', `${key} ${token} ${key}`, '[redacted] [redacted] [redacted]'],
])('%s is cut out of a text', (_name, text, expected) => {
  expect(redact(text)).toBe(expected)
})

test('what only begins like a secret stays, however often it begins', () => {
  const text = 'eyJ'.repeat(200_000)
  expect(redact(text)).toBe(text)
})

test('a problem quotes the beginning of what was sent, and no more', () => {
  const schema = z.strictObject({ names: z.record(z.string().max(8), z.string()) })
  const { error } = schema.safeParse({ names: { ['x'.repeat(60_000)]: 'y' }, ['z'.repeat(60_000)]: 1 })
  const { detail, details } = malformed(error as z.ZodError)
  expect(details.issues?.length).toBe(2)
  expect(JSON.stringify([detail, details.issues]).length).toBeLessThan(3_000)
})
