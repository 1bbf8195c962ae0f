import { expect, test } from 'vitest'
import { apiKeyChecksum } from '#lib/contract/api-key-format.ts'
import { findable } from './findable.ts'

const start = `sk_live_4fQ9mZ7hLw2c_${'x'.repeat(43)}`
const whole = start + apiKeyChecksum(start)

test('of an API key only its id is asked for, wherever it stands and wherever it was cut off', () => {
  for (const text of [whole, `  ${whole}\n`, `Authorization: Bearer ${whole}`, whole.slice(0, 30)]) {
    expect(findable(text)).toBe('sk_live_4fQ9mZ7hLw2c')
  }
  expect(findable('sk_live_4fQ9')).toBe('sk_live_4fQ9')
})

test('of another secret nothing is', () => {
  for (const text of [
    `cs_${'a'.repeat(43)}`,
    `whsec_${'a'.repeat(32)}`,
    `st_mpc_4fQ9mZ7hLw2c_${'a'.repeat(43)}`,
    'Bearer eyJhbGciOiJFUzI1NiJ9.e30.c2ln',
    'eyJhbGciOiJFUzI1NiJ9',
  ]) {
    expect(findable(text)).toBeUndefined()
  }
})

test('what is no secret is asked for as it is', () => {
  for (const text of [
    'ada',
    'cs_…4fQ9',
    'cli_4fQ9mZ7hLw2c4f',
    'discuss_this',
    '019b3c1e-7f5a-7abc-8def-0123456789ab',
  ]) {
    expect(findable(` ${text} `)).toBe(text)
  }
})
