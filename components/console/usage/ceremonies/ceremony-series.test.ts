import { expect, test } from 'vitest'
import type { CeremonyFigures } from '#lib/contract/ceremony-figures.ts'
import { ceremonySeries } from './ceremony-series.ts'
import { logsOf } from './logs-of.ts'

function figures(ok: number[], failed: number[]): CeremonyFigures {
  const sum = (all: number[]) => all.reduce((one, other) => one + other, 0)
  const totals = { begun: 0, finished: 0, ok: sum(ok), failed: sum(failed), abandoned: 0 }
  return { ok, failed, totals, before: { ok: [], failed: [], totals }, failures: [] }
}

test('accepted ceremonies come below the refused, each with a texture of its own, and none that there was not', () => {
  const series = ceremonySeries({ signIns: figures([1, 2], [0, 1]), registrations: figures([4, 0], [0, 0]) })
  expect(series.map(({ name, total, requests }) => [name, total, requests])).toEqual([
    ['Signed in', 3, [1, 2]],
    ['Registered', 4, [4, 0]],
    ['Sign-in refused', 1, [0, 1]],
  ])
  expect(new Set(series.map(({ look }) => look.texture)).size).toBe(3)
})

test('a figure leads to the requests that it counts', () => {
  const range = { from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T00:00:00.000Z' }
  const asked = (path: string) => Object.fromEntries(new URL(path, 'http://localhost').searchParams)
  expect(asked(logsOf('test', range, { reason: 'origin', code: undefined }))).toEqual({ reason: 'origin', ...range })
  expect(asked(logsOf('live', range, { status: '4xx' }))).toEqual({ environment: 'live', status: '4xx', ...range })
})
