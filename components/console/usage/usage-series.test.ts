import { expect, test } from 'vitest'
import type { ConsoleUsage } from '#lib/contract/console.ts'
import { mpcOperations } from '#lib/contract/mpc-operations.ts'
import { operations } from '#lib/contract/operations.ts'
import { operationLook, outcomeLooks } from './usage-looks.ts'
import { folded, seriesBy } from './usage-series.ts'

const usage: ConsoleUsage = {
  step: 'day',
  times: ['2026-06-01T00:00:00.000Z', '2026-06-02T00:00:00.000Z'],
  series: [
    { operation: 'keys.list', outcome: 'rate_limited', requests: [9, 0] },
    { operation: 'mpc.sign.finish', outcome: 'repeated', requests: [0, 1] },
    { operation: 'tenant.read', outcome: 'ok', requests: [1, 2] },
    { operation: 'keys.list', outcome: 'ok', requests: [0, 4] },
    { operation: 'tenant.read', outcome: 'api_key_invalid', requests: [1, 0] },
  ],
  keys: [],
  otherKeys: 0,
  meters: {},
  totals: { requests: 18, errors: 10 },
}
const brief = (series: ReturnType<typeof seriesBy>) => series.map(({ name, requests }) => [name, ...requests])

test('usage is summed by operation, the most frequent first', () => {
  expect(brief(seriesBy(usage, 'operation'))).toEqual([
    ['keys.list', 9, 4],
    ['tenant.read', 2, 2],
    ['mpc.sign.finish', 0, 1],
  ])
})

test('usage is summed by outcome, good answers first', () => {
  expect(brief(seriesBy(usage, 'outcome'))).toEqual([
    ['ok', 1, 6],
    ['repeated', 0, 1],
    ['rate_limited', 9, 0],
    ['api_key_invalid', 1, 0],
  ])
})

test('what is folded keeps every request', () => {
  expect(brief(folded(seriesBy(usage, 'outcome'), 2))).toEqual([
    ['ok', 1, 6],
    ['3 others', 10, 1],
  ])
  expect(folded(seriesBy(usage, 'outcome'), 3)).toHaveLength(3)
})

test('no two operations look alike', () => {
  const looks = [...Object.keys(operations), ...mpcOperations].map((name) => JSON.stringify(operationLook(name)))
  expect(new Set(looks).size).toBe(looks.length)
})

test('an outcome’s colour says how grave it is, and no two textures are the same', () => {
  const looks = outcomeLooks([
    'ok',
    'repeated',
    'rate_limited',
    'aborted',
    'api_key_invalid',
    'verification_failed',
    'something_new',
    'internal',
  ])
  expect([...looks.values()].map(({ color }) => color)).toEqual(
    ['--calm', '--calm', '--warn', '--warn', '--bad', '--bad', '--bad', '--bad'].map((name) => `var(${name})`),
  )
  expect(new Set([...looks.values()].map(({ texture }) => texture)).size).toBe(8)
})
