import { expect, test } from 'vitest'
import { checksOf } from './checks/checks-view.tsx'
import { reduce } from './reduce.ts'
import type { Run } from './run.ts'
import { initialState } from './state.ts'

const check = (id: string) => ({
  id,
  title: id,
  spec: 'https://x.example',
  outcome: 'pass' as const,
  expected: '',
  actual: '',
})
const run: Run = { kind: 'registration', startedAt: 1, status: 'success', messages: [] }
const ran = (state = initialState, startedAt = 1) =>
  reduce(state, { type: 'ran', run: { ...run, startedAt }, apiKey: 'k', username: 'ada' })

test('the checks of an approval are shown until the next ceremony', () => {
  const approved = reduce(ran(), { type: 'approved', checks: [check('action-commitment')] })
  expect(approved.run && checksOf(approved.run)?.map(({ id }) => id)).toEqual(['action-commitment'])
  expect(approved.tab).toBe(ran().tab)
  const next = ran(approved, 2)
  expect(next.run && checksOf(next.run)).toBeUndefined()
})

test('an approval without a ceremony before it shows nothing', () => {
  expect(reduce(initialState, { type: 'approved', checks: [check('x')] })).toEqual(initialState)
})
