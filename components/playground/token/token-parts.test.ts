import { expect, test } from 'vitest'
import { claimSpan, tokenParts } from './token-parts.ts'

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const payload = { iss: 'http://localhost:3000', providerTenantName: 'Åcme Wallet', exp: 7 }
const token = `${part({ alg: 'ES256' })}.${part(payload)}.c2ln`

test('a compact JWT comes apart into its texts and values', () => {
  const parts = tokenParts(token)
  expect(Object.values(parts.compact).join('.')).toBe(token)
  expect(parts.header).toEqual({ alg: 'ES256' })
  expect(parts.payload).toEqual(payload)
})

test.each(['', 'a', 'a.b.c', '!!.!!.!!', `${part([1])}.bnVsbA.x`])('%j has no claims, and is no error', (broken) => {
  expect(tokenParts(broken)).toMatchObject({ payload: {} })
})

test.each(Object.entries(payload))('the characters that carry %s are found', (claim, value) => {
  const { text, compact } = tokenParts(token)
  const [from, to] = claimSpan(text.payload, claim, value) ?? [0, 0]
  const aligned = compact.payload.slice(from - (from % 4), to + ((4 - (to % 4)) % 4))
  expect(Buffer.from(aligned, 'base64url').toString()).toContain(JSON.stringify(value))
  expect(to - from).toBeLessThan(compact.payload.length)
})
