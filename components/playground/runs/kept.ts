import type { State } from '../state.ts'
import { addressOf, readAddress } from '../url-state.ts'
import { keepRuns, keptRuns } from './kept-runs.ts'
import type { Restored } from './restored.ts'

/** What this tab has kept, and what its address says. */
export function found(): Restored {
  return { ...keptRuns(), ...readAddress(location.search) }
}

/** Keeps the ceremonies of a page for its tab. */
export function keep({ runs, opened }: State): void {
  keepRuns(runs, opened)
}

/** Writes what is not secret of a page into its address, without a step in the history. */
export function address(state: State): void {
  const href = addressOf(state, location.href)
  if (href === location.href) return
  try {
    history.replaceState(null, '', href)
  } catch {
    // A browser allows so many in a time; the next change writes it.
  }
}
