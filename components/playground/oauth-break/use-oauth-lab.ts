import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { OAuthFault } from '../../oauth/faults/oauth-fault.ts'
import { oauthFaults } from '../../oauth/faults/oauth-faults.ts'
import { tryOAuthFault, untouchedFlow, wantsPerson } from '../../oauth/faults/try-oauth-fault.ts'
import { oauthFailureOf } from '../../oauth/oauth-failure.ts'
import { callbackOf, openPopup } from '../../oauth/oauth-popup.ts'
import { loadOAuth } from '../../oauth/performance.ts'
import { appInPage } from './app-in-page.ts'
import { reduceOAuthLab } from './lab-state.ts'

export interface AttackedClient {
  baseUrl: string
  clientId: string
  /** Another one of this server, where there is one. */
  otherClientId: string | undefined
  /** The person has signed in and allowed the app, as far as this page knows. */
  allowed: boolean
}

/** What is tried at the built-in app, and what came of it. What runs ends when the page is left. */
export function useOAuthLab({ baseUrl, clientId, otherClientId, allowed }: AttackedClient) {
  const [state, dispatch] = useReducer(reduceOAuthLab, { results: {} })
  const underWay = useRef<AbortController>(undefined)
  /** Whether the server remembers the person, as it last showed; undefined before it did. */
  const remembered = useRef<boolean>(undefined)
  const silent = remembered.current ?? allowed

  const stop = useCallback(() => underWay.current?.abort(new Error('It was stopped.')), [])
  useEffect(() => stop, [stop])

  /** The untouched flow, then each fault. Called in a click, which alone may open a window. */
  async function run(faults: readonly OAuthFault[], all?: string) {
    if (underWay.current) return
    const popup = silent ? undefined : openPopup()
    const ending = new AbortController()
    const { signal } = ending
    underWay.current = ending
    const began = performance.now()
    dispatch({ type: 'begun', ...(all === undefined ? {} : { all }) })
    const signIn = async (url: string, state: string) => {
      if (popup) popup.location.href = url
      else dispatch({ type: 'blocked', url })
      return callbackOf(state, popup ?? null, signal).finally(() => popup?.close())
    }
    try {
      const { createOAuth } = await loadOAuth()
      signal.throwIfAborted()
      const app = appInPage({
        ...{ baseUrl, clientId, otherClientId, signal, oauth: createOAuth({ baseUrl }) },
        onWait: (waits) => dispatch({ type: 'waits', waits }),
      })
      await untouchedFlow(app, popup === undefined ? undefined : signIn)
      remembered.current = true
      for (const fault of faults) {
        if (signal.aborted) break
        dispatch({ type: 'trying', id: fault.id })
        const result = await tryOAuthFault(fault, app)
        if (signal.aborted) break
        dispatch({ type: 'tried', result })
        if (!result.needsPerson) continue
        remembered.current = false
        break
      }
    } catch (error) {
      if (wantsPerson(error)) remembered.current = false
      if (!signal.aborted) dispatch({ type: 'failed', failure: oauthFailureOf(error) })
    } finally {
      popup?.close()
      underWay.current = undefined
      dispatch({ type: 'ended', stopped: signal.aborted, took: performance.now() - began })
    }
  }

  return {
    state,
    /** Nobody is asked at the next press. */
    silent,
    stop,
    run: (fault: OAuthFault) => void run([fault]),
    runAll: () => void run(oauthFaults, new Date().toISOString()),
  }
}

export type OAuthLab = ReturnType<typeof useOAuthLab>
