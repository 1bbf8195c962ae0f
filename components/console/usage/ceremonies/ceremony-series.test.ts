import { expect, test } from 'vitest'
import type { CeremonyFigures } from '#lib/contract/ceremony-figures.ts'
import { ceremonySeries } from './ceremony-series.ts'

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
