import { expect, test } from 'vitest'
import type { Measured } from '../load.ts'
import { goalsOf, goalsReport, isMet } from './goals.ts'

const measured = (cpu: number): Measured => ({ title: 'x', perSecond: 1, cpu, generator: 0 })

test('a goal is met at its figure and missed above it, and each stands in the report with its verdict', () => {
  const [http, next] = [measured(1), measured(10)]
  const others = { tenantNext: next, signInNext: next }
  const requests = { http, next, ...others, tenantStart: measured(4), signInStart: measured(10.1), registerStart: next }
  const tokens = {
    ...{ bareCredentials: measured(10), ourCredentials: measured(13), bareRefresh: measured(10) },
    ourRefresh: measured(14),
  }
  const verifying = { ours: 60, simpleWebAuthn: 200, bare: 50 }
  const goals = goalsOf(requests, verifying, tokens)
  expect(goals.map(isMet)).toEqual([false, true, true, false, true, true])
  const lines = goalsReport(goals, verifying)
  expect(lines.filter((line) => / missed$/.test(line))).toHaveLength(2)
  expect(lines.filter((line) => / met$/.test(line))).toHaveLength(4)
})
