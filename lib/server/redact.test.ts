import { expect, test } from 'vitest'
import { z } from 'zod'
import { redact } from '#lib/foundation/redact.ts'
import { malformed } from './problem.ts'

const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'
const clientSecret = `cs_${'a1'.repeat(21)}b`
const key = `sk_live_${'a'.repeat(12)}_${'b'.repeat(49)}`

test.each([
  ['a key', `the key ${key} here`, 'the key [redacted] here'],
  ['a key that was cut off', `the key ${key.slice(0, 40)}`, 'the key [redacted]'],
  ['a token', `{"token":"${token}"}`, '{"token":"[redacted]"}'],
  ['a token that was cut off', `Bearer ${token.slice(0, 30)}`, 'Bearer [redacted]'],
  ['a client secret', `secret=${clientSecret}&x`, 'secret=[redacted]&x'],
  ['a client secret behind a letter', `%3D${clientSecret}`, '%3D[redacted]'],
  [
    'a client secret that was cut off',
    `{"client_secret":"${clientSecret.slice(0, 12)}`,
    '{"client_secret":"[redacted]',
  ],
  ['a signing secret', `{"secret":"whsec_${'aB/+'.repeat(11)}="}`, '{"secret":"[redacted]"}'],
  ['several', `${key} ${token} ${key}`, '[redacted] [redacted] [redacted]'],
])('%s is cut out of a text', (_name, text, expected) => {
  expect(redact(text)).toBe(expected)
})

test('what only begins like a secret stays, however often it begins', () => {
  for (const text of [
    'eyJ'.repeat(200_000),
    'cs_'.repeat(200_000),
    'docs_cs_123',
    'cs_…b1a1 topics_subscribed',
    'whsec_…Zk4q',
  ]) {
    expect(redact(text)).toBe(text)
  }
})

test('a problem quotes the beginning of what was sent, and no more', () => {
  const schema = z.strictObject({ names: z.record(z.string().max(8), z.string()) })
  const { error } = schema.safeParse({ names: { ['x'.repeat(60_000)]: 'y' }, ['z'.repeat(60_000)]: 1 })
  const { detail, details } = malformed(error as z.ZodError)
  expect(details.issues?.length).toBe(2)
  expect(JSON.stringify([detail, details.issues]).length).toBeLessThan(3_000)
})
