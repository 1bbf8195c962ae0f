import { expect, test } from 'vitest'
import type { OAuthResult } from '../../oauth/faults/oauth-fault.ts'
import { oauthFaults } from '../../oauth/faults/oauth-faults.ts'
import { type OAuthLabAction, type OAuthLabState, oauthResultsOf, reduceOAuthLab } from './lab-state.ts'

const result: OAuthResult = { id: 'code-reused', verdict: 'caught', by: ['x'], was: 'a', is: 'b', steps: [] }
const after = (actions: readonly OAuthLabAction[], from: OAuthLabState = { results: {} }) =>
  actions.reduce(reduceOAuthLab, from)

test('a run of all forgets what was known, and one fault keeps the others', () => {
  const one = after([{ type: 'begun' }, { type: 'tried', result }, { type: 'ended', stopped: false, took: 5 }])
  expect(one).toMatchObject({ results: { 'code-reused': result } })
  expect(one.all).toBeUndefined()
  expect(after([{ type: 'begun' }], one).results).toEqual(one.results)
  expect(after([{ type: 'begun', all: 'now' }], one)).toMatchObject({ results: {}, all: { status: 'running' } })
})

test('what was stopped waits for nothing any more, and its report says what was not run', () => {
  const waits = { from: 1, until: 2 }
  const stopped = after([
    ...([
      { type: 'begun', all: 'now' },
      { type: 'trying', id: 'code-reused' },
      { type: 'tried', result },
    ] as const),
    ...([
      { type: 'waits', waits },
      { type: 'blocked', url: 'x' },
    ] as const),
    { type: 'ended', stopped: true, took: 7 },
  ])
  expect(stopped).toMatchObject({ all: { at: 'now', status: 'stopped', took: 7 } })
  for (const gone of [stopped.waits, stopped.blocked, stopped.running]) expect(gone).toBeUndefined()
  const results = oauthResultsOf(stopped)
  expect(results.map(({ id }) => id)).toEqual(oauthFaults.map(({ id }) => id))
  const untried = results.filter(({ reason }) => reason === 'The run was stopped before it.')
  expect(untried).toHaveLength(oauthFaults.length - 1)
})

test('a failure is of its run alone', () => {
  const failure = { code: 'x', what: '', why: '', todo: '', raw: '' }
  const failed = after([{ type: 'begun' }, { type: 'failed', failure }])
  expect(failed.failure).toBe(failure)
  expect(after([{ type: 'begun' }], failed).failure).toBeUndefined()
})
