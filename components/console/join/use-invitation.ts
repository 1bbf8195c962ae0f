import { useEffect, useState } from 'react'
import type { JoinInvitation } from '#lib/contract/console.ts'
import { consoleClient } from '../console-client.ts'
import { explain, type Refusal } from '../explain.ts'

export type InvitationState =
  | { status: 'reading' }
  | { status: 'no-token' }
  | { status: 'refused'; refusal: Refusal }
  | { status: 'open'; token: string; invitation: JoinInvitation }

/**
 * The invitation whose token the address's fragment holds. The token leaves the address bar, and with it the history,
 * as soon as it is read; it is kept in memory only.
 */
export function useInvitation(): InvitationState {
  const [token, setToken] = useState<string>()
  const [state, set] = useState<InvitationState>({ status: 'reading' })

  useEffect(() => {
    const take = () => {
      const fragment = location.hash.slice(1)
      if (fragment) {
        history.replaceState(history.state, '', location.pathname)
        setToken(fragment)
      } else setToken((known) => known ?? '')
    }
    take()
    addEventListener('hashchange', take)
    return () => removeEventListener('hashchange', take)
  }, [])

  useEffect(() => {
    if (token === undefined) return
    if (!token) return set({ status: 'no-token' })
    let stale = false
    const settle = (next: InvitationState) => {
      if (!stale) set(next)
    }
    set({ status: 'reading' })
    consoleClient.join.read(token).then(
      (invitation) => settle({ status: 'open', token, invitation }),
      (error) => settle({ status: 'refused', refusal: explain(error) }),
    )
    return () => {
      stale = true
    }
  }, [token])

  return state
}
