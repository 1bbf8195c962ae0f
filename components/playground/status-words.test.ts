import { expect, test } from 'vitest'
import type { Run } from './run.ts'
import { initialState, type RunRecord } from './state.ts'
import { statusWords } from './status-words.ts'

const standing = { hasPasskey: false, made: undefined, session: undefined, token: 'none' } as const

/** What is said while a registration waits for its authenticator. */
function waiting(mediation: string | undefined) {
  const run: Run = { kind: 'registration', startedAt: 1, status: 'working', waitingFor: 'authenticator', messages: [] }
  const choices = { ...initialState.choices, registration: mediation ? { mediation } : {} }
  const record: RunRecord = { number: 1, run, of: { apiKey: 'k', username: 'ada' }, choices }
  return statusWords({ runs: [record] }, standing)?.note
}

test('where no dialogue comes, nobody is told to follow one', () => {
  expect(waiting('conditional')).toMatch(/^It asks nobody/)
  expect(waiting(undefined)).toMatch(/^Follow your browser’s dialogue/)
})
