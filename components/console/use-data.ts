import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '#lib/sdk/call.ts'
import { explain, type Refusal } from './explain.ts'
import { goAndSignIn } from './sign-in-path.ts'

export interface Data<T> {
  /** What was read last; kept while it is read anew, and when that fails. */
  data: T | undefined
  /** Why the last reading failed. */
  error: Refusal | undefined
  loading: boolean
  /** Reads anew; done when the answer is there. */
  reload: () => Promise<void>
}

const kept = new Map<string, unknown>()

/** Something was changed: what was kept may be wrong. */
export function forgetKept(): void {
  kept.clear()
}

/**
 * What `load` reads, read again when `deps` change, on demand, and each `every` milliseconds while the tab is seen; where
 * that fails, after pauses that double, up to half a minute.
 *
 * Only the answer to the latest question counts. Who is no longer signed in is sent to sign in. With a name to `keep` it
 * under, who comes back to the page finds what was read last, until there is a newer answer or something was changed.
 */
export function useData<T>(
  load: () => Promise<T>,
  deps: readonly unknown[],
  { every, keep }: { every?: number; keep?: string } = {},
): Data<T> {
  const [state, set] = useState<Omit<Data<T>, 'reload'>>(() => ({
    data: keep === undefined ? undefined : (kept.get(keep) as T | undefined),
    error: undefined,
    loading: true,
  }))
  const latest = useRef({ load, keep, turn: 0, reading: false, failures: 0 })
  Object.assign(latest.current, { load, keep })

  const reload = useCallback(async () => {
    const turn = ++latest.current.turn
    latest.current.reading = true
    const settle = (next: (before: Omit<Data<T>, 'reload'>) => Omit<Data<T>, 'reload'>) => {
      if (turn === latest.current.turn) set(next)
    }
    const ended = (failures: number) => {
      if (turn === latest.current.turn) Object.assign(latest.current, { reading: false, failures })
    }
    settle((before) => (before.loading ? before : { ...before, loading: true }))
    try {
      const data = await latest.current.load()
      ended(0)
      if (latest.current.keep !== undefined) kept.set(latest.current.keep, data)
      settle(() => ({ data, error: undefined, loading: false }))
    } catch (error) {
      ended(latest.current.failures + 1)
      if (error instanceof ApiError && error.code === 'session_required') return goAndSignIn()
      settle(({ data }) => ({ data, error: explain(error), loading: false }))
    }
  }, [])

  useEffect(() => {
    const { current } = latest
    void reload()
    return () => {
      current.turn++
    }
  }, [reload, ...deps])

  useEffect(() => {
    if (!every) return
    let readAt = Date.now()
    const look = () => {
      const { reading, failures } = latest.current
      const pause = Math.max(every, Math.min(every * 2 ** failures, 30_000))
      if (document.visibilityState !== 'visible' || reading || Date.now() - readAt < pause * 0.9) return
      readAt = Date.now()
      void reload()
    }
    const timer = setInterval(look, every)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [every, reload])

  return { ...state, reload }
}
