import type { OAuthFault, OAuthResult } from '../../oauth/faults/oauth-fault.ts'
import { oauthFaults } from '../../oauth/faults/oauth-faults.ts'
import type { OAuthFailure } from '../../oauth/oauth-flow.ts'

/** What is known of one app on the bench. */
export interface OAuthLabState {
  results: Readonly<Partial<Record<OAuthFault['id'], OAuthResult>>>
  /** What runs now: the untouched flow first, then faults. */
  running?: 'untouched' | OAuthFault['id'] | undefined
  /** Until when a used token is let lie, in epoch milliseconds, and since when. */
  waits?: { from: number; until: number } | undefined
  /** Where the window of the sign-in was to go, when the browser would not open it. */
  blocked?: string | undefined
  /** Why the untouched flow did not work: then nothing was tried. */
  failure?: OAuthFailure | undefined
  /** The latest run of all. */
  all?: { at: string; status: 'running' | 'done' | 'stopped'; took: number } | undefined
}

export type OAuthLabAction =
  | { type: 'begun'; all?: string }
  | { type: 'trying'; id: OAuthFault['id'] }
  | { type: 'tried'; result: OAuthResult }
  | { type: 'blocked'; url: string }
  | { type: 'waits'; waits: OAuthLabState['waits'] }
  | { type: 'failed'; failure: OAuthFailure | undefined }
  | { type: 'ended'; stopped: boolean; took: number }

/** What each event changes in what is known of an app. */
export function reduceOAuthLab(state: OAuthLabState, action: OAuthLabAction): OAuthLabState {
  switch (action.type) {
    case 'begun': {
      const all = action.all === undefined ? state.all : { at: action.all, status: 'running' as const, took: 0 }
      const results = action.all === undefined ? state.results : {}
      return { ...state, all, results, running: 'untouched', failure: undefined }
    }
    case 'trying':
      return { ...state, running: action.id, blocked: undefined }
    case 'tried':
      return { ...state, results: { ...state.results, [action.result.id]: action.result }, waits: undefined }
    case 'blocked':
      return { ...state, blocked: action.url }
    case 'waits':
      return { ...state, waits: action.waits }
    case 'failed':
      return { ...state, failure: action.failure }
    case 'ended':
      return {
        ...{ ...state, running: undefined, waits: undefined, blocked: undefined },
        all:
          state.all?.status === 'running'
            ? { ...state.all, status: action.stopped ? 'stopped' : 'done', took: action.took }
            : state.all,
      }
  }
}

/** Every fault with its result, for the report: one without any is untried, and says why. */
export function oauthResultsOf({ results, all }: OAuthLabState): OAuthResult[] {
  const reason = all?.status === 'stopped' ? 'The run was stopped before it.' : 'It was not run.'
  const none = { verdict: 'untried', by: [], was: '', is: '', reason, steps: [] } as const
  return oauthFaults.map(({ id }) => results[id] ?? { id, ...none })
}
