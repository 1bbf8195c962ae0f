import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { KeyView } from '#lib/contract/keys.ts'
import type { Scope } from '#lib/contract/scopes.ts'
import { clock } from '../clock.ts'
import { activityOf } from './activity.ts'
import { requestsAt, tenantWithKey } from './requests-at.ts'

const today = Date.parse('2026-03-05T15:30:00Z')
const day = 24 * 3_600_000
const ago = (milliseconds: number) => new Date(today - milliseconds).toISOString()

const { now } = clock
beforeEach(() => {
  clock.now = () => today
})
afterEach(() => {
  clock.now = now
})

/** A key that was made a while ago, and what traffic says of it. */
async function keyOfAge(age: number, scopes: Scope[] = ['keys:manage', 'usage:read']) {
  const tenant = await tenantWithKey()
  const { caller, key } = await tenant.addKey('live', { scopes })
  const activity = async (change: Partial<KeyView> = {}) =>
    (await activityOf(caller, [{ ...key, createdAt: ago(age), ...change }])).get(key.id)
  return { ...tenant, caller, key, activity }
}

describe('days', () => {
  test('are the last fourteen in UTC, today last', async () => {
    const { caller, activity } = await keyOfAge(0)
    await requestsAt('2026-02-19T23:59:59.999Z', caller, { requests: 50 })
    await requestsAt('2026-02-20T00:00:00Z', caller, { requests: 3 })
    await requestsAt('2026-02-28T23:59:59.999Z', caller, { requests: 2, outcome: 'not_found' })
    await requestsAt('2026-03-01T00:00:00Z', caller, { operation: 'usage.read' })
    await requestsAt('2026-03-01T23:00:00Z', caller)
    await requestsAt(today, caller, { requests: 4 })
    expect((await activity())?.days).toEqual([3, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 4])
  })

  test('each key has its own', async () => {
    const { addKey, caller, key } = await keyOfAge(0)
    const [busy, silent, elsewhere] = [await addKey('live'), await addKey('live'), await addKey('test')]
    await requestsAt(today, caller)
    await requestsAt(today, busy.caller, { requests: 5 })
    await requestsAt(today, elsewhere.caller, { requests: 9 })
    const activities = await activityOf(caller, [key, busy.key, silent.key, elsewhere.key])
    expect([...activities].map(([id, { days }]) => [id, days.at(-1), days.length])).toEqual([
      [key.id, 1, 14],
      [busy.key.id, 5, 14],
      [silent.key.id, 0, 14],
      // The other environment’s figures are not this caller’s.
      [elsewhere.key.id, 0, 14],
    ])
    expect(await activityOf(caller, [])).toEqual(new Map())
  })
})

describe('a scope is unused', () => {
  test('that no request of today or the 30 days before needed, whatever came of it', async () => {
    const { caller, activity } = await keyOfAge(60 * day, ['passkeys:register', 'keys:manage', 'usage:read'])
    expect((await activity())?.unusedScopes).toEqual(['passkeys:register', 'keys:manage', 'usage:read'])
    await requestsAt('2026-02-02T23:59:59.999Z', caller, { operation: 'passkeys.register.begin' })
    await requestsAt('2026-02-03T00:00:00Z', caller, { operation: 'usage.read' })
    await requestsAt(today, caller, { operation: 'keys.revoke', outcome: 'not_found' })
    expect((await activity())?.unusedScopes).toEqual(['passkeys:register'])
  })

  test('though another key used it', async () => {
    const { addKey, activity } = await keyOfAge(60 * day)
    await requestsAt(today, (await addKey('live')).caller, { operation: 'usage.read' })
    await requestsAt(today, (await addKey('test')).caller, { operation: 'keys.list' })
    expect((await activity())?.unusedScopes).toEqual(['keys:manage', 'usage:read'])
  })

  test('only where this server has an operation for it', async () => {
    const { activity } = await keyOfAge(60 * day, ['passkeys:debug', 'usage:read', 'mpc:sign', 'mpc:keygen'])
    expect((await activity())?.unusedScopes).toEqual(['usage:read'])
  })

  test('only once the key is older than 7 days, and while it works', async () => {
    const { activity } = await keyOfAge(7 * day)
    expect((await activity())?.unusedScopes).toEqual([])
    expect((await activity({ createdAt: ago(7 * day + 1) }))?.unusedScopes).toEqual(['keys:manage', 'usage:read'])
    for (const status of ['revoked', 'expired'] as const) {
      expect((await activity({ createdAt: ago(60 * day), status }))?.unusedScopes).toEqual([])
    }
  })
})

test('a key is to be rotated from 90 days on, unless it is being replaced or works no more', async () => {
  const { activity } = await keyOfAge(90 * day)
  const due = async (change?: Partial<KeyView>) => (await activity(change))?.rotationDue
  expect(await due()).toBe(true)
  expect(await due({ createdAt: ago(90 * day - 1) })).toBe(false)
  expect(await due({ status: 'revoked' })).toBe(false)
  expect(await due({ status: 'expired' })).toBe(false)
  for (const state of ['created', 'deployed', 'verified'] as const) {
    expect(await due({ rotation: { successorId: 'x', state } })).toBe(false)
  }
})
