import { expect, test } from 'vitest'
import type { Run } from '../run.ts'
import { runKind } from './run-kind.ts'

const run = (kind: Run['kind']): Run => ({ kind, startedAt: 1, status: 'success', messages: [] })
const conditional = { mediation: 'conditional' }

test('a registration without a dialogue is a kind of its own, and a sign-in from the field is not', () => {
  const choices = { registration: conditional, authentication: conditional }
  expect(runKind({ run: run('registration'), choices })).toBe('Conditional create')
  expect(runKind({ run: run('registration'), choices: { ...choices, registration: {} } })).toBe('Register')
  expect(runKind({ run: run('authentication'), choices })).toBe('Authenticate')
})
