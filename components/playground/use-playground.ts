import { useCallback, useEffect, useMemo, useReducer } from 'react'
import type { Passkey } from '#lib/contract/passkeys.ts'
import type { Check } from '#lib/webauthn/checks/check.ts'
import { usePassed } from '../ui/use-passed.ts'
import { usePasskeys } from './passkeys/use-passkeys.ts'
import { reduce } from './reduce.ts'
import type { DemoKey } from './setup/demo-key.ts'
import { rememberedKey, rememberKey } from './setup/remembered-key.ts'
import { useKeyCheck } from './setup/use-key-check.ts'
import { type Standing, standingOf } from './standing.ts'
import { initialState, latestRun, openedRun, pairOf, type State } from './state.ts'
import { useCeremonies } from './use-ceremonies.ts'
import { useKept } from './use-kept.ts'

/** The Playground's state and everything that can be done with it. */
export function usePlayground(demoKeys: readonly DemoKey[]) {
  const [state, dispatch] = useReducer(reduce, initialState)
  useKeyCheck(state.apiKey, dispatch)
  const demoTenants = useMemo(() => demoKeys.map(({ tenantName }) => tenantName), [demoKeys])
  const { start, cancel, forget } = useCeremonies(state, dispatch, demoTenants)
  useKept(state, dispatch)
  const startOver = useCallback(() => {
    forget()
    forgetOwnServer()
    dispatch({ type: 'started-over' })
  }, [forget])

  useEffect(() => {
    const apiKey = rememberedKey()
    if (!apiKey) return
    dispatch({ type: 'remembered', remember: true })
    dispatch({ type: 'key-entered', apiKey })
  }, [])

  const enterKey = useCallback((text: string) => dispatch({ type: 'key-entered', apiKey: text.trim() }), [])
  const remember = useCallback((remember: boolean) => {
    if (!remember) rememberKey(undefined)
    dispatch({ type: 'remembered', remember })
  }, [])
  const { status } = state.key
  useEffect(() => {
    if (!state.remember) return
    if (status === 'ready') rememberKey(state.apiKey)
    else if (status === 'empty') rememberKey(undefined)
  }, [state.remember, status, state.apiKey])

  const latest = latestRun(state)
  const pair = pairOf(state.apiKey, state.username)
  const standing = useStanding(state, pair)
  /** Of whom the last ceremony was about, who need not be whose name is in the field. */
  const standingOfRun = useStanding(state, latest ? pairOf(latest.of.apiKey, latest.of.username) : pair)
  const onRead = useCallback(
    (read: readonly Passkey[]) => dispatch({ type: 'passkeys-read', pair, ids: read.map(({ id }) => id) }),
    [pair],
  )
  const approved = useCallback((checks: readonly Check[]) => dispatch({ type: 'approved', checks }), [])
  const { session, token } = standing
  const scopes = state.key.status === 'ready' ? (state.key.tenant.key?.scopes ?? []) : []
  const passkeys = usePasskeys({
    apiKey: state.apiKey,
    username: state.username,
    userToken: token === 'expired' ? undefined : session?.answer.token,
    managed: Boolean(session ?? state.registered[pair]) && scopes.includes('passkeys:manage'),
    over: token === 'orphaned',
    revision: latest?.run.status === 'success' ? latest.run.startedAt : 0,
    onRead,
  })

  const opened = openedRun(state)
  return {
    ...{ state, dispatch, enterKey, remember, start, cancel, approved, startOver },
    ...{ latest, opened, passkeys, standing, standingOfRun },
  }
}

/** What “Break it” keeps of a server of the developer's own. */
function forgetOwnServer(): void {
  try {
    sessionStorage.removeItem('playground.own-server')
  } catch {
    // Nothing is kept where nothing can be.
  }
}

/** How somebody stands, renewed when a token ends. */
function useStanding(state: State, pair: string): Standing {
  usePassed(state.sessions[pair]?.expiresAt)
  return standingOf(state, pair, Date.now())
}
