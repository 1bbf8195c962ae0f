import { expect, test } from 'vitest'
import { entriesOf, entryOf } from './entries.ts'

const names = (text: string) => entriesOf(text, 'test').map(({ name }) => name)

test('pages and actions are found by the beginnings of their words, all of them', () => {
  expect(names('key cr')).toEqual(['Create a key'])
  expect(names('audit')).toEqual(['Audit'])
  expect(names('logo')).toEqual(['Branding', 'Change logo and colour'])
  expect(names('eys')).toEqual([])
  expect(entriesOf('', 'test').length).toBeGreaterThan(15)
})

test('each leads on in the environment that is looked at, what was found in the one that it is in', () => {
  expect(entriesOf('audit', 'live')[0]?.href).toBe('/console/audit?environment=live')
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
