import type { Dispatch } from 'react'
import type { Action } from '../reduce.ts'
import type { Start } from '../run.ts'
import { resultTabs, type State } from '../state.ts'

/** What a shortcut can do with the page. */
export interface ShortcutPage {
  state: State
  dispatch: Dispatch<Action>
  start: (what: Start) => void
  openRun: (number: number) => void
  help: () => void
}

export interface Shortcut {
  /** What is pressed: one of these keys. */
  keys: readonly string[]
  title: string
  act: (page: ShortcutPage, key: string) => void
}

/** The page's shortcuts: what is heard, and what `?` lists. */
export const shortcuts: readonly Shortcut[] = [
  { keys: ['r'], title: 'Register', act: ({ start }) => start('register') },
  { keys: ['a'], title: 'Authenticate', act: ({ start }) => start('authenticate') },
  { keys: ['p'], title: 'Sign in with a passkey, without a username', act: ({ start }) => start('sign-in') },
  { keys: ['o'], title: 'Options', act: () => press('[aria-keyshortcuts=o]') },
  {
    keys: resultTabs.map((_, at) => String(at + 1)),
    title: 'The tabs of the result, from the first on',
    act: (_, key) => press(`[role=tablist][aria-label=Result] [role=tab]:nth-child(${key})`),
  },
  { keys: ['j'], title: 'The run before the one on show', act: (page) => openRunAt(page, -1) },
  { keys: ['k'], title: 'The run after it', act: (page) => openRunAt(page, 1) },
  {
    keys: ['x'],
    title: 'Check the run on show for a comparison, or no longer',
    act({ state: { opened }, dispatch }) {
      if (opened !== undefined) dispatch({ type: 'run-picked', number: opened })
    },
  },
  { keys: ['c'], title: 'Compare: the two checked runs, or the one on show and the one before it', act: compare },
  { keys: ['v'], title: 'Present the run on show', act: () => press('[aria-keyshortcuts=v]') },
  { keys: ['?'], title: 'This list', act: ({ help }) => help() },
]

function press(selector: string): void {
  const control = document.querySelector<HTMLElement>(selector)
  control?.focus()
  control?.click()
}

function openRunAt({ state, openRun }: ShortcutPage, step: 1 | -1): void {
  const next = state.runs[state.runs.findIndex(({ number }) => number === state.opened) + step]
  if (next && state.opened !== undefined) openRun(next.number)
}

function compare({ state, dispatch }: ShortcutPage): void {
  const { runs, picked, opened, comparing } = state
  if (picked.length < 2) {
    const at = runs.findIndex(({ number }) => number === opened)
    const both = [runs[at], runs[at > 0 ? at - 1 : at + 1]]
    if (runs.length < 2) return
    for (const record of both) {
      if (record && !picked.includes(record.number)) dispatch({ type: 'run-picked', number: record.number })
    }
  }
  dispatch({ type: 'compared', comparing: !comparing })
}
