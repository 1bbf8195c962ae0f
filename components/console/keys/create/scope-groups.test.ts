import { expect, test } from 'vitest'
import { scopesOfKeys } from '#lib/contract/operations.ts'
import { scopeNames } from '#lib/contract/scopes.ts'
import { presetOf } from '../../preset-of.ts'
import { adminAmong, scopeGroups, scopePresets } from './scope-groups.ts'

test('every scope can be chosen, in one place', () => {
  expect(scopeGroups.flatMap(({ scopes }) => scopes).toSorted()).toEqual([...scopeNames].toSorted())
})

test('a preset is recognised by its scopes alone, one more or less is none', () => {
  for (const { value, scopes } of scopePresets) {
    expect(presetOf(scopePresets, scopes.toReversed())).toBe(value)
    expect(presetOf(scopePresets, scopes.slice(1))).not.toBe(value)
    expect(presetOf(scopePresets, [...scopes, 'passkeys:debug'])).toBeUndefined()
  }
})

test('every preset holds only scopes that open something to a key', () => {
  for (const { scopes } of scopePresets) for (const scope of scopes) expect(scopesOfKeys).toContain(scope)
})

test('scopes that administer are told from those that do not', () => {
  expect(adminAmong(['passkeys:register', 'keys:manage', 'webhooks:manage'])).toEqual([
    'keys:manage',
    'webhooks:manage',
  ])
})
