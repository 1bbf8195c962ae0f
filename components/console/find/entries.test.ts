import { expect, test } from 'vitest'
import type { Role } from '#lib/contract/roles.ts'
import { entriesOf, entryOf, mayOpen } from './entries.ts'

const names = (text: string, role: Role = 'owner') => entriesOf(text, 'test', role).map(({ name }) => name)

test('pages and actions are found by the beginnings of their words, all of them', () => {
  expect(names('key cr')).toEqual(['Create a key'])
  expect(names('audit')).toEqual(['Audit'])
  expect(names('logo')).toEqual(['Branding', 'Change logo and colour'])
  expect(names('eys')).toEqual([])
  expect(entriesOf('', 'test', 'owner').length).toBeGreaterThan(15)
})

test('each leads on in the environment that is looked at, what was found in the one that it is in', () => {
  expect(entriesOf('audit', 'live', 'viewer')[0]?.href).toBe('/console/audit?environment=live')
  const key = { kind: 'key' as const, id: '4fQ9mZ7hLw2c', name: 'Till', hint: 'sk_live_4fQ9mZ7hLw2c_…Xk3T' }
  expect(entryOf({ ...key, environment: 'live' }, String)).toMatchObject({
    ...{ href: '/console/keys/4fQ9mZ7hLw2c?environment=live', name: 'Till', note: key.hint },
  })
  expect(entryOf({ ...key, environment: 'test' }, String).href).toBe('/console/keys/4fQ9mZ7hLw2c')
})

test('a user is told with what they hold and when they came last', () => {
  const user = { kind: 'user' as const, id: 'usr_1', environment: 'test' as const, name: 'ada', hint: null }
  const note = (passkeys: number, lastUsedAt: string | null) =>
    entryOf({ ...user, passkeys, lastUsedAt }, () => '4 minutes ago').note
  expect(note(3, '2026-01-01T00:00:00Z')).toBe('3 passkeys, signed in 4 minutes ago')
  expect(note(1, null)).toBe('1 passkey, not signed in yet')
})

test('what somebody may not do is not offered, among what was opened last neither; pages are everybody’s', () => {
  const done = (role: Role) => entriesOf('', 'test', role).filter(({ group }) => group === 'Do')
  expect(done('viewer').map(({ name }) => name)).toEqual(['Your passkeys and sessions'])
  expect(names('create', 'developer')).toHaveLength(4)
  expect(names('invite', 'developer')).toEqual([])
  expect(names('members', 'viewer')).toEqual(['Members'])
  const [invite] = entriesOf('invite', 'test', 'owner')
  expect(invite).toMatchObject({ href: '/console/members?invite=new', note: 'Members' })
  expect(invite && [mayOpen(invite, 'owner'), mayOpen(invite, 'viewer')]).toEqual([true, false])
  const [audit] = entriesOf('audit', 'test', 'viewer')
  expect(audit && mayOpen(audit, 'viewer')).toBe(true)
})
