import { expect, test } from 'vitest'
import type { Passed, Work } from './mpc-work.ts'
import { linesOf } from './round-lines.ts'
import { workTimes } from './work-times.ts'

const work: Work = { kind: 'sign', approved: true, inside: ['recovery'], rounds: [], startedAt: 1_000 }
const passed = (name: string, direction: 'sent' | 'received', more: Partial<Passed> = {}): Passed => ({
  name,
  direction,
  party: 'server',
  bytes: 64,
  at: 1_000,
  ...more,
})
const approval = [
  passed('approval.begin', 'sent'),
  passed('approval.begin', 'received', { at: 1_020, duration: 20 }),
  passed('approval.finish', 'sent', { at: 1_820 }),
  passed('approval.finish', 'received', { at: 1_850, duration: 30 }),
]
const signing = [
  passed('sign.begin', 'sent'),
  passed('sign.begin', 'received'),
  passed('sign.finish', 'sent'),
  passed('sign.finish', 'received'),
]
const drawn = (of: Work) =>
  linesOf(of, 'ada').flatMap(({ lines }) => lines.map(({ label, state }) => `${state} ${label}`))

test('what is to come stands there from the beginning, and what is waited for is told since when', () => {
  expect(linesOf(work, 'ada').map(({ title, later }) => [title, later])).toEqual([
    ['Approval', false],
    ['Round 1: commit to fresh nonces', true],
    ['Round 2: each signs with its share', true],
  ])
  const asking = { ...work, rounds: approval.slice(0, 2) }
  expect(drawn(asking)).toEqual([
    'passed ask for an approval',
    'passed challenge: its hash',
    'now waiting for the passkey',
    'later approval',
    'later commitment',
    'later commitment',
    'later signature share',
    'later signature share',
  ])
  expect(linesOf(asking, 'ada')[0]?.lines[2]?.since).toBe(1_020)
})

test('what has ended has nothing to come, and its last message stands out', () => {
  const done = { ...work, rounds: [...approval, ...signing], took: 900 }
  expect(drawn(done)).toHaveLength(8)
  expect(drawn(done).at(-1)).toBe('last signature share')
  expect(workTimes(done)).toEqual({ elsewhere: 50, person: 800, device: 50 })
})

test('a cheat is red where it was sent and where it was refused, and what came before is not', () => {
  const refused = { reason: 'share_invalid', detail: '', party: 'device' }
  const rounds = [...approval, ...signing.slice(0, 3), passed('sign.finish', 'received', { reason: 'share_invalid' })]
  expect(drawn({ ...work, attack: 'tamper', rounds, took: 900, refusal: refused }).slice(-4)).toEqual([
    'passed commitment',
    'passed commitment',
    'refused share, one bit off',
    'refused the device is named',
  ])
})

test('each party inside the page has its own messages', () => {
  const making: Work = { ...work, kind: 'generate', approved: false, inside: ['recovery', 'hardware'] }
  expect(drawn(making)).toEqual([
    'now commitments',
    'later commitment',
    'later commitment, inside this page',
    'later commitment, inside this page',
    'later pieces',
    'later pieces',
    'later pieces → recovery file',
    'later pieces → hardware file',
  ])
})
