import { expect, test } from 'vitest'
import { type AuditEvent, auditActions } from '#lib/contract/audit.ts'
import { sentenceOf, who, whom } from './audit-words.ts'

const event = (more: Partial<AuditEvent>): AuditEvent => ({
  id: '1',
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

test('a sentence says for whom, unless they did it themselves', () => {
  const user = { id: 'usr_1', username: 'ada' }
  const ada = { type: 'user', id: 'usr_1', name: 'ada' } as const
  const key = { type: 'key', id: 'aB3', name: 'Storefront' } as const
  const app = { id: 'cli_1', name: 'Acme Shop' }
  const phone = { id: 'psk_1', name: 'Phone' }
  const scopes = ['openid', 'profile']
  const said = (more: Partial<AuditEvent>) =>
    sentenceOf(event({ user, target: phone, ...more }), auditActions)
      .map((piece) => (typeof piece === 'string' ? piece : piece.name))
      .join('')
  const sentences: [Partial<AuditEvent>, string][] = [
    [{ action: 'passkey.registered', actor: key }, 'The key Storefront registered a passkey for ada: Phone'],
    [{ action: 'passkey.deleted', actor: key }, 'The key Storefront deleted a passkey of ada: Phone'],
    [{ action: 'passkey.deleted', actor: ada }, 'The user ada deleted a passkey: Phone'],
    [
      { action: 'user.deleted', actor: key, target: { id: 'usr_1', name: 'ada' } },
      'The key Storefront deleted the user ada',
    ],
    [
      { action: 'user.sessions_ended', target: { id: 'usr_1', name: 'ada' }, after: { sessionsEnded: 2 } },
      'ada ended sessions of ada',
    ],
    [
      { action: 'user.sessions_ended', actor: ada, target: { id: 'usr_1', name: 'ada' }, after: { sessionsEnded: 1 } },
      'The user ada ended a session of their own',
    ],
    [
      { action: 'user.signed_in', actor: ada, after: { key: 'Storefront' } },
      'The user ada signed in with Phone through the key Storefront',
    ],
    [
      { action: 'user.signed_in', actor: ada, after: { app: 'Acme Shop' } },
      'The user ada signed in with Phone for the app Acme Shop',
    ],
    [
      { action: 'user.sign_in_refused', actor: key, after: { reason: 'origin' } },
      'A sign-in of ada through the key Storefront was refused: origin',
    ],
    [
      { action: 'consent.given', actor: ada, target: app, after: { scopes, leftOut: ['mpc:sign'] } },
      'The user ada allowed the app Acme Shop 2 of the 3 scopes that it asked for',
    ],
    [
      { action: 'consent.given', actor: ada, target: app, after: { scopes, leftOut: [] } },
      'The user ada allowed the app Acme Shop all 2 scopes that it asked for',
    ],
    [{ action: 'consent.refused', actor: ada, target: app }, 'The user ada allowed the app Acme Shop nothing'],
    [{ action: 'grant.revoked', actor: ada, target: app }, 'The user ada ended what they allowed the app Acme Shop'],
    [{ action: 'grant.revoked', target: app }, 'ada ended what ada allowed the app Acme Shop'],
    [
      { action: 'grant.revoked', actor: { type: 'client', ...app }, target: app },
      'The app Acme Shop gave back what ada allowed it',
    ],
    [
      { action: 'approval.given', actor: { type: 'client', ...app }, target: { id: 'usr_1', name: 'ada' } },
      'The app Acme Shop asked ada, who approved',
    ],
  ]
  const nobody = { user: null, target: { id: 'inv_1', name: '' } }
  const bob = { id: 'mem_2', name: 'bob' }
  sentences.push(
    [
      { action: 'member.invited', ...nobody, target: bob, after: { role: 'Developer' } },
      'ada invited bob as Developer',
    ],
    ...['Invitation', 'Whoever has the link'].map((name): [Partial<AuditEvent>, string] => [
      { action: 'member.invited', ...nobody, target: { id: 'inv_1', name }, after: { role: 'Owner' } },
      'ada made an invitation as Owner, good for whoever has its link',
    ]),
    [
      { action: 'member.invited', ...nobody, target: { id: 'inv_1', name: 'Set-up link' }, after: { role: 'Owner' } },
      'ada made a link for the first member',
    ],
    [{ action: 'invitation.withdrawn', ...nobody, target: bob }, 'ada withdrew an invitation of bob'],
    [{ action: 'invitation.withdrawn', ...nobody }, 'ada withdrew an invitation'],
    [
      { action: 'member.role_changed', user: null, target: bob, before: { role: 'Viewer' }, after: { role: 'Owner' } },
      'ada changed the role of bob from Viewer to Owner',
    ],
  )
  for (const [more, sentence] of sentences) expect(said(more)).toBe(sentence)
})
