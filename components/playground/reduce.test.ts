import { describe, expect, test } from 'vitest'
import type { AuthenticateFinished } from '#lib/contract/passkeys.ts'
import { checksOf } from './checks/checks-of.ts'
import { reduce } from './reduce.ts'
import type { Run } from './run.ts'
import { runToken } from './runs/run-token.ts'
import { standingOf } from './standing.ts'
import { initialState, latestRun, openedRun, pairOf, type State } from './state.ts'

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
  reduce(state, { type: 'ran', run: { ...run, startedAt }, apiKey: 'k', username: 'ada', choices: state.choices })
const checksOn = (state: State) => checksOf(openedRun(state)?.run ?? run)?.map(({ id }) => id)

test('the checks of an approval are shown until the next ceremony', () => {
  const approved = reduce(ran(), { type: 'approved', checks: [check('action-commitment')] })
  expect(checksOn(approved)).toEqual(['action-commitment'])
  expect(approved.tab).toBe(ran().tab)
  expect(checksOn(ran(approved, 2))).toBeUndefined()
})

test('what the page has to say of itself stands until a ceremony begins', () => {
  const notice = { title: 'The browser took the signal.', note: 'More.' }
  const noticed = reduce(ran(), { type: 'noticed', notice })
  expect(noticed).toEqual({ ...ran(), notice })
  expect(ran(noticed, 2).notice).toBeUndefined()
})

test('an approval without a ceremony before it shows nothing', () => {
  expect(reduce(initialState, { type: 'approved', checks: [check('x')] })).toEqual(initialState)
})

test('a run from a file is the last of the list and opens, and takes nothing from the latest of this page', () => {
  const here = ran()
  const [record] = here.runs
  if (!record) throw new Error('no run')
  const imported = { ...record, number: 9, of: { username: 'bob' }, imported: { number: 9 } }
  const with9 = reduce(here, { type: 'imported', record: imported })
  expect([openedRun(with9)?.of.username, with9.opened, with9.tab]).toEqual(['bob', 2, 'ceremony'])
  expect(latestRun(with9)).toBe(latestRun(here))
  expect(ran(with9, 5).runs.map(({ number }) => number)).toEqual([1, 2, 3])
})

/** A state of a ceremony that began at a moment. */
const told = (state: State, startedAt: number, more: Partial<Run> = {}) =>
  reduce(state, {
    ...{ type: 'ran', apiKey: 'k', username: 'ada', choices: state.choices },
    run: { ...run, startedAt, ...more },
  })
const numbers = ({ runs }: State) => runs.map(({ number }) => number)

describe('the ceremonies of a tab', () => {
  test('are kept, oldest first, and each that begins opens itself', () => {
    const first = told(told(initialState, 1, { status: 'working' }), 1)
    expect(first).toMatchObject({ opened: 1, tab: 'ceremony', runs: [{ number: 1, run: { status: 'success' } }] })
    const second = told(reduce(first, { type: 'tab-selected', tab: 'checks' }), 2, { status: 'working' })
    expect(second).toMatchObject({ opened: 2, tab: 'ceremony', runs: [{ number: 1 }, { number: 2 }] })
    const reopened = reduce(second, { type: 'run-opened', number: 1 })
    expect([openedRun(reopened)?.number, latestRun(reopened)?.number]).toEqual([1, 2])
    expect(told(reopened, 2)).toMatchObject({ opened: 1, runs: [{ number: 1 }, { run: { status: 'success' } }] })
  })

  test('stand side by side until one is opened, another is checked or a tab is chosen', () => {
    const both = told(told(initialState, 1), 2)
    const compared = [1, 2].reduce((state, number) => reduce(state, { type: 'run-picked', number }), both)
    const state = reduce(compared, { type: 'compared', comparing: true })
    expect(state.comparing).toBe(true)
    for (const action of [
      { type: 'run-opened', number: 1 },
      { type: 'run-picked', number: 1 },
      { type: 'tab-selected', tab: 'checks' },
    ] as const)
      expect(reduce(state, action).comparing, action.type).toBe(false)
  })

  test('are told apart where a clock stands still', () => {
    expect(numbers(told(told(initialState, 1), 1))).toEqual([1, 2])
  })

  test('remember what they were begun with', () => {
    const begun = told(initialState, 1, { status: 'working' })
    const choices = { ...initialState.choices, registration: {} }
    const ended = told(reduce(begun, { type: 'chosen', choices }), 1)
    expect(latestRun(ended)?.choices).toEqual(initialState.choices)
    expect(latestRun(told(ended, 2))?.choices).toEqual(choices)
  })

  test('of which one replaced another: the end of the replaced changes its own line alone', () => {
    const both = told(told(initialState, 1, { status: 'working' }), 2, { status: 'working' })
    const failure = { code: 'AbortError', what: '', why: '', todo: '', raw: '' }
    const after = told(both, 1, { status: 'error', failure })
    expect(after).toEqual({
      ...both,
      runs: [expect.objectContaining({ run: { ...run, status: 'error', failure } }), both.runs[1]],
    })
  })

  test('are fifty at most: with the next one the oldest goes, and no number comes twice', () => {
    let state = initialState
    for (let at = 1; at <= 52; at++) state = told(state, at)
    expect(numbers(state)).toEqual(Array.from({ length: 50 }, (_, at) => at + 3))
    expect(state.opened).toBe(52)
  })
})

describe('the token of a ceremony', () => {
  const authenticated = (token: string) =>
    ({ user: { username: 'ada' }, passkey: { id: 'pk' }, token, expiresIn: 60 }) as AuthenticateFinished
  const signedIn = (state: State, at: number, token: string) =>
    told(state, at, { kind: 'authentication', authenticated: authenticated(token) })
  const state = told(signedIn(signedIn(told(initialState, 1), 2, 'e30.e30.first'), 3, 'e30.e30.second'), 4)
  const shown = (number: number) => {
    const record = openedRun(reduce(state, { type: 'run-opened', number }))
    const standing = record === latestRun(state) ? standingOf(state, pairOf('k', 'ada'), 0) : undefined
    const token = record && runToken(record, standing, state.gone)
    return typeof token === 'object' ? token.session.answer.token : token
  }

  test('is its own, however many came after it', () => {
    expect([shown(2), shown(3)]).toEqual(['e30.e30.first', 'e30.e30.second'])
  })

  test('is on the latest the one that its user holds, and on an earlier one without a token why there is none', () => {
    expect([shown(4), shown(1)]).toEqual(['e30.e30.second', 'none by registering'])
  })

  test('is said to be lost where it was not kept', () => {
    const kept = signedIn(initialState, 1, '')
    expect(kept.runs.map((record) => runToken(record, undefined, kept.gone))).toEqual(['not kept'])
  })

  test('is said to be in no file, of a run that came by one', () => {
    const [record] = signedIn(initialState, 1, '').runs
    const imported = record && { ...record, imported: { number: 1, server: 'https://elsewhere.example' } }
    expect(imported && runToken(imported, undefined, new Set())).toBe('not in files')
  })
})
