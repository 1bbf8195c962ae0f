import { expect, test } from 'vitest'
import { type Action, reduce } from '../reduce.ts'
import type { Run } from '../run.ts'
import { initialState, resultTabs, type State } from '../state.ts'
import { shortcuts } from './shortcuts.ts'

const run: Run = { kind: 'registration', startedAt: 1, status: 'success', messages: [] }
const record = (number: number) => ({ number, run, of: { apiKey: 'k' }, choices: initialState.choices })

/** What the page is after these keys, and what they did besides. */
function pressed(keys: string, runs = 3) {
  let state: State = { ...initialState, runs: [1, 2, 3].slice(0, runs).map(record), opened: runs || undefined }
  const done: string[] = []
  const dispatch = (action: Action) => {
    state = reduce(state, action)
  }
  for (const key of keys) {
    const openRun = (number: number) => dispatch({ type: 'run-opened', number })
    const page = { state, dispatch, openRun, start: (what: string) => done.push(what), help: () => done.push('help') }
    shortcuts.find(({ keys }) => keys.includes(key))?.act(page, key)
  }
  return { opened: state.opened, picked: state.picked, comparing: state.comparing, done }
}

test('no key does two things, and each says what it does', () => {
  const keys = shortcuts.flatMap(({ keys }) => keys)
  expect(new Set(keys).size).toBe(keys.length)
  for (const { title } of shortcuts) expect(title).toMatch(/^[A-Z]/)
})

test('each tab of the result has a key, and no key is without a tab', () => {
  const digits = shortcuts.flatMap(({ keys }) => keys).filter((key) => /\d/.test(key))
  expect(digits).toEqual(resultTabs.map((_, at) => `${at + 1}`))
})

test('ceremonies and the list are a key away', () => {
  expect(pressed('rap?').done).toEqual(['register', 'authenticate', 'sign-in', 'help'])
})

test('j and k go through the runs, and stay at both ends', () => {
  expect(['j', 'jj', 'jjj', 'jjkk', 'k'].map((keys) => pressed(keys).opened)).toEqual([2, 1, 1, 3, 3])
  expect(pressed('jk', 0).opened).toBeUndefined()
})

test('c compares what is checked, or the run on show with the one before it; again it leads back', () => {
  expect(pressed('c')).toMatchObject({ picked: [3, 2], comparing: true })
  expect(pressed('xjjxc')).toMatchObject({ picked: [3, 1], comparing: true })
  expect(pressed('jjc')).toMatchObject({ picked: [1, 2], comparing: true })
  expect(pressed('cc').comparing).toBe(false)
  expect(pressed('c', 1)).toMatchObject({ picked: [], comparing: false })
})
