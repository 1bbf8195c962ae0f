import { expect, test } from 'vitest'
import { type AuditEvent, auditActions } from '#lib/contract/audit.ts'
import { dayWords, lineOf } from './timeline-words.ts'

const ada = { id: 'usr_1', username: 'ada' }
const own: AuditEvent = {
  ...{ id: '1', at: '2026-11-27T10:00:00.000Z', environment: 'test', action: 'user.signed_in', requestId: 'r' },
  ...{ actor: { type: 'user', id: 'usr_1', name: 'ada' }, address: null, target: { id: 'psk_1', name: 'Phone' } },
  ...{ user: ada, before: null, after: null },
}
const said = (event: AuditEvent) =>
  lineOf(event, auditActions)
    .pieces.map((piece) => (typeof piece === 'string' ? piece : piece.name))
    .join('')

test('what a user did is said without their name, and what others did with it', () => {
  expect([said(own), lineOf(own, auditActions).tone]).toEqual(['Signed in with Phone', 'ok'])
  const after = { scopes: ['openid'], leftOut: ['mpc:sign'] }
  const allowed: AuditEvent = { ...own, action: 'consent.given', target: { id: 'cli_1', name: 'Globex Pay' }, after }
  expect(said(allowed)).toBe('Allowed the app Globex Pay 1 of the 2 scopes that it asked for')
  const byMember: AuditEvent = {
    ...own,
    action: 'passkey.deleted',
    actor: { type: 'member', id: 'mem_1', name: 'Grace' },
  }
  expect(said(byMember)).toBe('Grace deleted a passkey of ada: Phone')
})

test('a refusal says its reason, apart, so that it can lead to the request', () => {
  const refused: AuditEvent = { ...own, action: 'user.sign_in_refused', after: { reason: 'sign-count' } }
  expect(lineOf(refused, auditActions)).toEqual({ tone: 'bad', pieces: ['Refused: '], reason: 'counter did not grow' })
})

test('a day is called today, or by its date', () => {
  const now = new Date(2026, 10, 27, 12)
  expect(dayWords(now.toDateString(), now)).toBe('Today')
  expect(dayWords(new Date(2026, 10, 23).toDateString(), now)).toBe('23 November')
  expect(dayWords(new Date(2025, 10, 23).toDateString(), now)).toBe('23 November 2025')
})
