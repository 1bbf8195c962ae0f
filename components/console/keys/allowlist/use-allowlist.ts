import { useState } from 'react'
import { withEntries } from './allowlist.ts'

export interface Allowlist {
  entries: readonly string[]
  /** What is being typed. */
  text: string
  /** Why what was typed cannot be added. */
  mistake: string | undefined
  /** What just happened to the list, for who cannot see it. */
  said: string
  /** It differs from what it began with, or something is typed. */
  edited: boolean
  type: (text: string) => void
  /** Adds what was typed, or the given text. */
  add: (text?: string) => void
  remove: (entry: string) => void
  undo: () => void
  /** The entries, with what was typed and not added yet; undefined where that cannot be added. */
  settle: () => string[] | undefined
}

interface State {
  /** Undefined until the list is changed. */
  entries?: readonly string[]
  text: string
  mistake?: string
  said?: string
}

/** A list of addresses and ranges under edit; until it is changed, it follows `base`. */
export function useAllowlist(base: readonly string[]): Allowlist {
  const [state, set] = useState<State>({ text: '' })
  const entries = state.entries ?? base

  function take(text: string, rest: string): string[] | undefined {
    const { list, mistake } = withEntries(entries, text)
    set(mistake ? { ...state, mistake } : { entries: list, text: rest, said: `${list.length} on the list` })
    return mistake ? undefined : list
  }

  return {
    entries,
    text: state.text,
    mistake: state.mistake,
    said: state.said ?? '',
    edited: entries.join() !== base.join() || state.text.trim() !== '',
    type: (text) => set({ ...(state.entries ? { entries: state.entries } : {}), text }),
    add: (text) => void (text === undefined ? take(state.text, '') : take(text, state.text)),
    remove: (entry) => set({ ...state, entries: entries.filter((each) => each !== entry), said: `${entry} removed` }),
    undo: () => set({ text: '' }),
    settle: () => take(state.text, ''),
  }
}
