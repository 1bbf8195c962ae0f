import { expect, test } from 'vitest'
import { disabledReason } from '#lib/contract/webhooks.ts'
import { stateOf } from './webhook-state.ts'

const well = { enabled: true, disabledReason: null, failingSince: null }

test('an endpoint that is well needs no words, and any other says what happened and what to do', () => {
  expect(stateOf(well)).toEqual({ tone: 'ok', label: 'Enabled' })
  const others = [
    { ...well, failingSince: '2026-06-01T00:00:00.000Z' },
    { ...well, enabled: false },
    ...disabledReason.options.map((reason) => ({ ...well, enabled: false, disabledReason: reason })),
  ]
  const titles = others.map((view) => stateOf(view).title)
  expect(new Set(titles).size).toBe(others.length)
  for (const view of others) expect(stateOf(view).todo).toMatch(/\.$/)
})
