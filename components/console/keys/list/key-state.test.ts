import { expect, test } from 'vitest'
import { sorted, stateOf } from './key-state.ts'

const now = Date.parse('2025-11-22T12:00:00Z')

test.each([
  ['active', null, 'Active', 'ok'],
  ['active', '2026-06-01T00:00:00Z', 'Active', 'ok'],
  ['active', '2025-11-25T12:00:00Z', 'Expires in 3 days', 'warn'],
  ['expired', '2025-11-20T12:00:00Z', 'Expired', 'bad'],
  ['revoked', '2026-06-01T00:00:00Z', 'Revoked', 'bad'],
] as const)('a key that is %s and ends at %s is “%s”', (status, expiresAt, words, tone) => {
  expect(stateOf({ status, expiresAt }, now)).toEqual({ words, tone })
})

test('keys that work stand apart from those that do not, newest first', () => {
  const key = (status: 'active' | 'expired' | 'revoked', createdAt: string) => ({ status, createdAt })
  const { working, over } = sorted([key('active', '1'), key('revoked', '2'), key('active', '3'), key('expired', '4')])
  expect(working.map(({ createdAt }) => createdAt)).toEqual(['3', '1'])
  expect(over.map(({ createdAt }) => createdAt)).toEqual(['4', '2'])
})
