import { WebAuthnAbortService } from '@simplewebauthn/browser'
import { useCallback, useRef, useState } from 'react'
import { ApiError } from '#lib/sdk/call.ts'
import type { ConsoleClient } from '#lib/sdk/console.ts'
import { askPasskey, endIfCalledOff } from './ceremony.ts'
import { consoleClient } from './console-client.ts'
import { explain, type Refusal } from './explain.ts'
import { goAndSignIn } from './sign-in-path.ts'
import { forgetKept } from './use-data.ts'

export interface Change {
  /**
   * Does the action and gives its answer; undefined when it was refused, or another one is still under way. What is to
   * follow an action without an answer belongs inside it. `fresh`: the server will ask for a fresh assertion, so that is
   * given first; where the page does not know, it is given once the server asks. It is asked for the very request that
   * the action makes of the client that it is given.
   */
  run: <T>(action: (api: ConsoleClient) => Promise<T>, needs?: 'fresh' | false) => Promise<T | undefined>
  busy: boolean
  /** The person is asked for a passkey, since the change needs a fresh assertion. */
  confirming: boolean
  error: Refusal | undefined
  clear: () => void
  /** Ends the browser's dialogue, or sees to it that none opens; the change is then not made. */
  cancel: () => void
}

// A change that was refused for another reason leaves its assertion for its next try, as it is: the server keeps it two
// minutes.
const unspentMilliseconds = 110_000
let unspent = { what: '', at: 0 }

/** A change on the server: one at a time, confirmed with a passkey where the server asks for it, refusals in words. */
export function useChange(): Change {
  const [phase, setPhase] = useState<'idle' | 'busy' | 'confirming'>('idle')
  const [error, setError] = useState<Refusal>()
  const running = useRef(false)
  const calledOff = useRef(false)

  const run: Change['run'] = useCallback(async (action, needs) => {
    const confirm = async (change: string, body: unknown, refused: boolean) => {
      const what = JSON.stringify([change, body])
      if (!refused && unspent.what === what && Date.now() - unspent.at <= unspentMilliseconds) return
      setPhase('confirming')
      await askPasskey(
        () => consoleClient.confirm.begin(change, body),
        consoleClient.confirm.finish,
        (stage) => endIfCalledOff(stage, calledOff.current),
      )
      unspent = { what, at: Date.now() }
      setPhase('busy')
    }
    if (running.current) return undefined
    running.current = true
    calledOff.current = false
    setPhase('busy')
    setError(undefined)
    try {
      const answer = await action(consoleClient.confirming(confirm, needs === 'fresh'))
      unspent = { what: '', at: 0 }
      forgetKept()
      return answer
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.code === 'session_required') goAndSignIn()
      else setError(explain(thrown))
      return undefined
    } finally {
      running.current = false
      setPhase('idle')
    }
  }, [])

  const clear = useCallback(() => setError(undefined), [])
  const cancel = useCallback(() => {
    calledOff.current = true
    WebAuthnAbortService.cancelCeremony()
  }, [])
  return { run, busy: phase !== 'idle', confirming: phase === 'confirming', error, clear, cancel }
}
