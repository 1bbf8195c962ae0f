import { offersPasskeys } from '../options/option-values.ts'
import { initialState, type State } from '../state.ts'

/** What a page finds when it is loaded: what its tab has kept, and what its address says. */
export type Restored = Partial<Pick<State, 'runs' | 'opened' | 'tab' | 'username' | 'choices'>> & {
  /** What of the address could not be taken. */
  ignored: readonly string[]
}

/** The page with that in it, but for what a person has set meanwhile. */
export function restored(state: State, { runs = [], opened, tab, username, choices, ignored }: Restored): State {
  const next: State = { ...state }
  if (!state.runs.length) Object.assign(next, { runs, opened })
  if (tab && state.tab === initialState.tab) next.tab = tab
  if (username && !state.username) next.username = username
  if (choices && state.choices === initialState.choices) {
    next.choices = choices
    next.offering = offersPasskeys(choices)
  }
  if (ignored.length) {
    next.notice = {
      title: 'Not all of this address could be taken.',
      note: `Left out: ${ignored.join('; ')}. The rest is as it says.`,
    }
  }
  return next
}

/** The page as it begins, with the key that is in it. */
export function startedOver({ apiKey, key, remember }: State): State {
  return {
    ...initialState,
    ...{ apiKey, key, remember },
    notice: {
      title: 'Started over.',
      note: 'Runs, options, username and what was in the address are cleared; the key stays.',
    },
  }
}
