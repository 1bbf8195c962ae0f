import { expect, test } from 'vitest'
import { silentSince, stageOf, usedSince } from './rotation-stage.ts'

const used = '2025-11-22T12:00:00.000Z'
const key = (state?: 'created' | 'deployed' | 'verified' | 'ended') => ({
  lastUsedAt: used,
  rotation: state ? { successorId: 'b', state } : null,
})

test.each([
  [undefined, null, 'create'],
  ['created', null, 'deploy'],
  ['deployed', used, 'verify'],
  ['verified', used, 'revoke'],
  ['ended', used, 'done'],
] as const)('a rotation that is %s is at %s → %s', (state, lastUsedAt, stage) => {
  expect(stageOf(key(state), { lastUsedAt })).toBe(stage)
})

test('an old key that ended before the new one was used still waits for the new one', () => {
  expect(stageOf(key('ended'), { lastUsedAt: null })).toBe('deploy')
})

test('silence begins with the last use, and not before there is a successor', () => {
  const late = { createdAt: '2025-11-22T13:00:00.000Z' }
  const early = { createdAt: '2025-11-22T11:00:00.000Z' }
  expect(silentSince({ lastUsedAt: used }, late)).toBe(Date.parse(late.createdAt))
  expect(silentSince({ lastUsedAt: used }, early)).toBe(Date.parse(used))
  expect(silentSince({ lastUsedAt: null }, early)).toBe(Date.parse(early.createdAt))
  expect(usedSince({ lastUsedAt: used }, early)).toBe(true)
  expect(usedSince({ lastUsedAt: used }, late)).toBe(false)
})
