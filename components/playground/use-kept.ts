import { type Dispatch, useEffect, useState } from 'react'
import type { Action } from './reduce.ts'
import { initialState, latestRun, type State } from './state.ts'

// What a first visit has no use for comes when there is something to read or to keep.
const load = () => import('./runs/kept.ts')

/** So long after the last change the address is written: a name is not written letter by letter. */
const pause = 200

/**
 * Reads once what the tab has kept and what the address says, then keeps the ceremonies in the one and what is not secret
 * in the other. The server and the first drawing know nothing of either.
 */
export function useKept(state: State, dispatch: Dispatch<Action>): void {
  const [read, setRead] = useState(false)
  const [{ promise: readAndDrawn, resolve: told }] = useState(() => Promise.withResolvers<void>())
  const { runs, opened, tab, choices, username } = state

  useEffect(() => {
    if (!location.search && !keepsSomething()) return setRead(true)
    let gone = false
    // Who presses Register before the options are read, and drawn, means those of the address.
    if (window.early) window.early.until = readAndDrawn
    load().then(({ found }) => {
      if (gone) return
      dispatch({ type: 'restored', ...found() })
      setRead(true)
    }, told)
    return () => {
      gone = true
      told()
    }
  }, [dispatch, readAndDrawn, told])

  useEffect(() => {
    if (read) told()
  }, [read, told])

  const first = runs.length > 0
  useEffect(() => {
    if (first) void load().catch(() => {})
  }, [first])

  // biome-ignore lint/correctness/useExhaustiveDependencies: of the state these alone are kept
  useEffect(() => {
    if (!read || latestRun(state)?.run.status === 'working' || (!runs.length && !keepsSomething())) return
    load().then(
      ({ keep }) => keep(state),
      () => {},
    )
  }, [read, runs, opened])

  const plain = tab === initialState.tab && choices === initialState.choices && !username
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the state these alone stand in the address
  useEffect(() => {
    if (!read || (plain && !location.search)) return
    const timer = setTimeout(
      () =>
        load().then(
          ({ address }) => address(state),
          () => {},
        ),
      pause,
    )
    return () => clearTimeout(timer)
  }, [read, plain, tab, choices, username])
}

function keepsSomething(): boolean {
  try {
    return sessionStorage.getItem('playground.runs') !== null
  } catch {
    return false
  }
}
