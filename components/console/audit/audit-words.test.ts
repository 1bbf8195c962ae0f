import { expect, test } from 'vitest'
import type { AuditEvent } from '#lib/contract/audit.ts'
import { who, whom } from './audit-words.ts'

const event = (more: Partial<AuditEvent>): AuditEvent => ({
  id: 1,
  at: '2026-06-01T00:00:00.000Z',
  environment: null,
  action: 'key.revoked',
  actor: { type: 'member', id: 'mem_1', name: 'ada' },
  address: null,
  requestId: null,
  target: { id: 'aB3', name: 'Storefront' },
  user: null,
  before: null,
  after: null,
  ...more,
})

test('a person goes by their name, and everything else by what it is', () => {
  const said = (type: AuditEvent['actor']['type']) => {
    const { kind, name } = who(event({ actor: { type, id: 'x', name: 'CI' } }))
    return `${kind} ${name}`.trim()
  }
  expect((['member', 'key', 'operator', 'system'] as const).map(said)).toEqual([
    'CI',
    'The key CI',
    'The operator',
    'The server',
  ])
})

test('a sentence names what it was done to, once', () => {
  expect(whom(event({}))).toBe('Storefront')
  expect(whom(event({ action: 'member.joined', target: { id: 'mem_1', name: 'ada' } }))).toBeUndefined()
  expect(whom(event({ action: 'session.began', target: { id: 'ses_1', name: 'ada' } }))).toBeUndefined()
  expect(whom(event({ action: 'branding.updated', target: { id: 'tnt_1', name: 'Acme Wallet' } }))).toBeUndefined()
})
