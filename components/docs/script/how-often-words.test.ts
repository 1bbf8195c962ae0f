import { expect, test } from 'vitest'
import { type Figures, wordsOf } from './how-often-words.ts'

const said = (more: Partial<Figures>) =>
  wordsOf({
    tenant: 'Acme Wallet',
    environment: 'test',
    code: 'verification_failed',
    entries: [],
    isMore: false,
    ...more,
  })
    .map((piece) => (typeof piece === 'string' ? piece : piece.strong))
    .join('')
const entries = ['origin', 'sign-count', 'origin', null].map((reason) => ({ reason }))

test('how often it happened is said with the reason that it had most', () => {
  expect(said({ entries })).toBe('Acme Wallet, test: 4 in the last 24 hours, 2 of them for origin.')
  expect(said({ entries, isMore: true })).toContain(' 4 or more in ')
  expect(said({})).toBe('Acme Wallet, test: not in the last 24 hours.')
})

test('a reason that is the code itself says nothing, and who may not read logs hears what it takes', () => {
  expect(said({ code: 'origin', entries: [{ reason: 'origin' }] })).toBe('Acme Wallet, test: 1 in the last 24 hours.')
  expect(said({ entries: undefined })).toContain('usage:read')
})
