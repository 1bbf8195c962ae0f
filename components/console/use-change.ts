import { WebAuthnAbortService } from '@simplewebauthn/browser'
import { useCallback, useRef, useState } from 'react'
import { ApiError } from '#lib/sdk/call.ts'
import { askPasskey } from './ceremony.ts'
import { consoleClient } from './console-client.ts'
import { explain, type Refusal } from './explain.ts'
import { goAndSignIn } from './sign-in-path.ts'
import { forgetKept } from './use-data.ts'

export interface Change {
  /**
   * Does the action and gives its answer; undefined when it was refused, or another one is still under way. What is to
   * follow an action without an answer belongs inside it. `fresh`: the server will ask for a fresh assertion, so that is
   * given first; where the page does not know, it is given once the server asks.
   */
  run: <T>(action: () => Promise<T>, needs?: 'fresh' | false) => Promise<T | undefined>
  busy: boolean
  /** The person is asked for a passkey, since the change needs a fresh assertion. */
  confirming: boolean
  error: Refusal | undefined
  clear: () => void
  /** Ends the browser's dialogue, where one is open; the change is then not made. */
  cancel: () => void
}

// A change that was refused for another reason leaves its assertion for the next try: the server keeps it two minutes.
const unspentMilliseconds = 110_000
let unspent = 0

/** A change on the server: one at a time, confirmed with a passkey where the server asks for it, refusals in words. */
export function useChange(): Change {
  const [phase, setPhase] = useState<'idle' | 'busy' | 'confirming'>('idle')
  const [error, setError] = useState<Refusal>()
  const running = useRef(false)

  const run = useCallback(async <T>(action: () => Promise<T>, needs?: 'fresh' | false): Promise<T | undefined> => {
    const confirm = async () => {
      setPhase('confirming')
      await askPasskey(consoleClient.confirm.begin, consoleClient.confirm.finish)
      unspent = Date.now()
      setPhase('busy')
    }
    if (running.current) return undefined
    running.current = true
    setPhase('busy')
    setError(undefined)
    try {
      if (needs === 'fresh' && Date.now() - unspent > unspentMilliseconds) await confirm()
      const answer = await action().catch(async (refused) => {
        if (!isProblem(refused, 'confirmation_required')) throw refused
        await confirm()
        return await action()
      })
      if (needs === 'fresh') unspent = 0
      forgetKept()
      return answer
    } catch (thrown) {
      if (isProblem(thrown, 'session_required')) goAndSignIn()
      else setError(explain(thrown))
      return undefined
    } finally {
      running.current = false
      setPhase('idle')
    }
  }, [])

  const clear = useCallback(() => setError(undefined), [])
  const cancel = useCallback(() => WebAuthnAbortService.cancelCeremony(), [])
  return { run, busy: phase !== 'idle', confirming: phase === 'confirming', error, clear, cancel }
}

function isProblem(error: unknown, code: ApiError['code']): boolean {
  return error instanceof ApiError && error.code === code
}
