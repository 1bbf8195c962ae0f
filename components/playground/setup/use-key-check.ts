import { type Dispatch, useEffect } from 'react'
import { isApiKey } from '#lib/contract/api-key-format.ts'
import { clientOf } from '../client-of.ts'
import { explained } from '../failure/explained.ts'
import type { Action } from '../reduce.ts'

/** Milliseconds without a letter after which nobody types any longer. */
const rest = 2_000

/**
 * Asks the server whose key this is as soon as it is whole, and again when the server was too busy to say. An answer to
 * an earlier key is dropped, and a text that cannot be a key is never sent.
 */
export function useKeyCheck(apiKey: string, dispatch: Dispatch<Action>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stale = new AbortController()
    const check = () => {
      const asked = clientOf(apiKey).then((client) => client.tenant({ signal: stale.signal }))
      asked.then(
        (tenant) => dispatch({ type: 'key-checked', apiKey, key: { status: 'ready', tenant } }),
        async (error) => {
          const failure = await explained(error, { kind: 'authentication', otherTenants: [], origin: location.origin })
          if (stale.signal.aborted) return
          dispatch({ type: 'key-checked', apiKey, key: { status: 'refused', failure } })
          if (failure.retryAt) timer = setTimeout(check, failure.retryAt - Date.now())
        },
      )
    }
    if (isApiKey(apiKey)) check()
    else timer = setTimeout(() => dispatch({ type: 'key-left' }), rest)
    return () => {
      clearTimeout(timer)
      stale.abort()
    }
  }, [apiKey, dispatch])
}
