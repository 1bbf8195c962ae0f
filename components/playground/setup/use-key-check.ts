import { type Dispatch, useCallback, useEffect, useRef } from 'react'
import { Client } from '#lib/sdk/client.ts'
import { failureOf } from '../failure/failure.ts'
import type { Action } from '../state.ts'
import { keyMistake } from './api-key.ts'

const patience = 300

/**
 * Asks the server whose key this is, once a person has stopped typing. An answer to an earlier key is dropped, and a
 * text that cannot be a key is never sent.
 *
 * @returns a function that does not wait any longer
 */
export function useKeyCheck(apiKey: string, dispatch: Dispatch<Action>): () => void {
  const pending = useRef<(() => void) | undefined>(undefined)

  useEffect(() => {
    if (!apiKey) return
    const stale = new AbortController()
    const check = () => {
      clearTimeout(timer)
      pending.current = undefined
      const mistake = keyMistake(apiKey)
      if (mistake) return dispatch({ type: 'key-checked', apiKey, key: { status: 'malformed', mistake } })
      new Client({ apiKey }).tenant({ signal: stale.signal }).then(
        (tenant) => dispatch({ type: 'key-checked', apiKey, key: { status: 'ready', tenant } }),
        (error) => {
          if (stale.signal.aborted) return
          const failure = failureOf(error, { kind: 'authentication', otherTenants: [], origin: location.origin })
          dispatch({ type: 'key-checked', apiKey, key: { status: 'refused', failure } })
        },
      )
    }
    const timer = setTimeout(check, patience)
    pending.current = check
    return () => {
      clearTimeout(timer)
      pending.current = undefined
      stale.abort()
    }
  }, [apiKey, dispatch])

  return useCallback(() => pending.current?.(), [])
}
