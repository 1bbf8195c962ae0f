import { expect, test } from 'vitest'
import type { UserApp, UserSession } from '#lib/contract/console-users.ts'
import { deletionWords, kindsOf, placeWords, totalWords } from './user-words.ts'

const synced = { deviceType: 'multiDevice', backedUp: true } as const
const bound = { deviceType: 'singleDevice', backedUp: false } as const
const notYet = { deviceType: 'multiDevice', backedUp: false } as const

test('a passkey is synced, could be, or stays on its device', () => {
  expect([synced, bound, notYet].map(placeWords)).toEqual(['synced', 'device-bound', 'can be synced, and is not yet'])
  expect(kindsOf([synced, bound, synced])).toBe('2 synced, 1 device-bound')
  expect(kindsOf([notYet])).toBe('1 not synced yet')
})

test('a list says how many there are, as far as they are counted', () => {
  expect([1, 204, 1_000, 1_001].map(totalWords)).toEqual([
    ...['1 user', '204 users', '1,000 users', 'More than 1,000 users'],
  ])
})

test('what goes with a user is said first, and nothing that is not there', () => {
  const none = { username: 'ada', passkeyCount: 1, sessions: [], apps: [] }
  expect(deletionWords(none, 0)).toEqual([
    'The passkey goes with ada, for good.',
    'Every token that this server is shown ends at once.',
    'Audit log, usage and account keep what happened. Somebody else may take the name “ada”; the id never comes back.',
  ])
  const much = { ...none, passkeyCount: 3, sessions: [{}, {}] as UserSession[], apps: [{}] as UserApp[] }
  expect(deletionWords(much, 2)).toEqual([
    'All 3 passkeys go with ada, for good.',
    '2 sessions, what 1 app may do for ada and every token that this server is shown end at once.',
    'The 2 MPC keys are frozen first and stay at the MPC server: nobody signs with its share any more.',
    expect.stringContaining('Audit log'),
  ])
  expect(deletionWords(none, undefined)[2]).toMatch(/cannot be asked now/)
})
