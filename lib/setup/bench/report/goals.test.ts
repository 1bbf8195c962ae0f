import { expect, test } from 'vitest'
import type { Measured } from '../load.ts'
import { goalsOf, goalsReport, isMet } from './goals.ts'
import { engineGoals } from './postgresql.ts'

const measured = (cpu: number): Measured => ({ title: 'x', perSecond: 1, cpu, generator: 0 })

test('a goal is met at its figure and missed beyond it, and each stands in the report with its verdict', () => {
  const [http, next] = [measured(1), measured(10)]
  const others = { tenantNext: next, signInNext: next, betterAuth: measured(50.4) }
  const requests = { http, next, ...others, tenantStart: measured(4), signInStart: measured(10.1), registerStart: next }
  const tokens = {
    ...{ bareCredentials: measured(10), ourCredentials: measured(13), bareRefresh: measured(10) },
    ourRefresh: measured(14),
  }
  const verifying = { ours: 60, simpleWebAuthn: 200, bare: 50 }
  const goals = goalsOf(requests, verifying, tokens)
  expect(goals.map(isMet)).toEqual([false, false, true, true, false, true, true])
  const lines = goalsReport(goals, verifying)
  expect(lines.filter((line) => / missed$/.test(line))).toHaveLength(3)
  expect(lines.filter((line) => / met$/.test(line))).toHaveLength(4)
})

test('PostgreSQL may cost half as much again, and two processes have to do a third more', () => {
  const one = (cpu: number, perSecond = 100) => ({ ...measured(cpu), perSecond })
  const sqlite = { signIn: one(2), register: one(2), tenant: one(2) }
  // Judged where none of them goes short of a core.
  const processes = { one: one(3), two: one(9, 50), held: { one: one(3), two: one(9, 130) }, parts: { web: 3 } }
  const engines = { sqlite, postgresql: { signIn: one(3), register: one(3.1), tenant: one(1) }, processes }
  expect(engineGoals(engines).map(isMet)).toEqual([true, false, true, true])
  const slower = { ...processes, two: one(9, 200), held: { one: one(3), two: one(9, 129) } }
  expect(engineGoals({ ...engines, processes: slower }).map(isMet)).toEqual([true, false, true, false])
  expect(engineGoals({ ...engines, processes: undefined })).toHaveLength(3)
})
