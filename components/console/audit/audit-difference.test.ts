import { expect, test } from 'vitest'
import { changesOf, listChange } from './audit-difference.ts'

test('what changed comes first', () => {
  const changes = changesOf({ before: { name: 'a', scopes: ['x'] }, after: { name: 'a', scopes: ['x', 'y'] } })
  expect(changes).toEqual([
    { name: 'scopes', before: ['x'], after: ['x', 'y'], changed: true },
    { name: 'name', before: 'a', after: 'a', changed: false },
  ])
})

test('what was made or ended changed in all that it is, and a null is not nothing', () => {
  expect(changesOf({ before: null, after: { name: 'a', expiresAt: null } }).map(({ changed }) => changed)).toEqual([
    true,
    true,
  ])
  expect(changesOf({ before: { name: 'a' }, after: null })).toMatchObject([{ before: 'a', after: undefined }])
  expect(changesOf({ before: null, after: null })).toEqual([])
})

test('a list’s change is what left it and what joined it', () => {
  expect(listChange(['a', 'b'], ['b', 'c'])).toEqual({ kept: ['b'], out: ['a'], in: ['c'] })
  expect(listChange(undefined, ['a'])).toBeUndefined()
})
