import type { Failure } from '../run.ts'
import { latestRun, type State } from '../state.ts'

/** For how long the server takes no call with a key, and what it said. */
export interface Wait {
  /** Epoch milliseconds. */
  until: number
  what: string
}

/** The wait that the key in the field is under, or was; undefined where the server never asked for one. */
export function waitOf({ apiKey, key, runs }: Pick<State, 'apiKey' | 'key' | 'runs'>): Wait | undefined {
  const latest = latestRun({ runs })
  const waits = [
    key.status === 'refused' ? waitAfter(key.failure) : undefined,
    latest?.of.apiKey === apiKey ? waitAfter(latest.run.failure) : undefined,
  ].filter((wait) => wait !== undefined)
  return waits.toSorted((one, other) => other.until - one.until)[0]
}

function waitAfter(failure: Failure | undefined): Wait | undefined {
  return failure?.retryAt ? { until: failure.retryAt, what: failure.what } : undefined
}
