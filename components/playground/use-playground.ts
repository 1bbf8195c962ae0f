import { useCallback, useEffect, useMemo, useReducer } from 'react'
import { usePasskeys } from './passkeys/use-passkeys.ts'
import type { DemoKey } from './setup/demo-key.ts'
import { rememberedKey, rememberKey } from './setup/remembered-key.ts'
import { useKeyCheck } from './setup/use-key-check.ts'
import { initialState, pairOf, reduce, sessionOf } from './state.ts'
import { useCeremonies } from './use-ceremonies.ts'

/** The Playground's state and everything that can be done with it. */
export function usePlayground(demoKeys: readonly DemoKey[]) {
  const [state, dispatch] = useReducer(reduce, initialState)
  useKeyCheck(state.apiKey, dispatch)
  const demoTenants = useMemo(() => demoKeys.map(({ tenantName }) => tenantName), [demoKeys])
  const { start, cancel } = useCeremonies(state, dispatch, demoTenants)

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

  const pair = pairOf(state.apiKey, state.username)
  const session = state.sessions[pair]
  const known = Boolean(session ?? state.registered[pair])
  const scopes = state.key.status === 'ready' ? (state.key.tenant.key?.scopes ?? []) : []
  const good = sessionOf(state, state.apiKey, state.username)
  const passkeys = usePasskeys({
    apiKey: state.apiKey,
    username: state.username,
    userToken: good?.answer.token,
    tokenOf: good?.answer.passkey.id,
    managed: known && scopes.includes('passkeys:manage'),
    revision: state.run?.status === 'success' ? state.run.startedAt : 0,
    onDeleted: useCallback((id: string) => dispatch({ type: 'passkey-deleted', id }), []),
  })

  const hasPasskey = known && passkeys.passkeys?.length !== 0

  return { state, dispatch, enterKey, remember, start, cancel, passkeys, session, hasPasskey }
}
