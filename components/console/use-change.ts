import { WebAuthnAbortService } from '@simplewebauthn/browser'
import { useCallback, useRef, useState } from 'react'
import { ApiError } from '#lib/sdk/call.ts'
import { askPasskey } from './ceremony.ts'
import { consoleClient } from './console-client.ts'
import { explain, type Refusal } from './explain.ts'
import { goAndSignIn } from './sign-in-path.ts'

export interface Change {
  /**
   * Does the action and gives its answer; undefined when it was refused, or another one is still under way. What is to
   * follow an action without an answer belongs inside it.
   */
  run: <T>(action: () => Promise<T>) => Promise<T | undefined>
  busy: boolean
  /** The person is asked for a passkey, since the change needs a fresh assertion. */
  confirming: boolean
  error: Refusal | undefined
  clear: () => void
  /** Ends the browser's dialogue, where one is open; the change is then not made. */
  cancel: () => void
}

/** A change on the server: one at a time, confirmed with a passkey where the server asks for it, refusals in words. */
export function useChange(): Change {
  const [phase, setPhase] = useState<'idle' | 'busy' | 'confirming'>('idle')
  const [error, setError] = useState<Refusal>()
  const running = useRef(false)

  const run = useCallback(async <T>(action: () => Promise<T>): Promise<T | undefined> => {
    if (running.current) return undefined
    running.current = true
    setPhase('busy')
    setError(undefined)
    try {
      return await action().catch(async (refused) => {
        if (!isProblem(refused, 'confirmation_required')) throw refused
        setPhase('confirming')
        await askPasskey(consoleClient.confirm.begin, consoleClient.confirm.finish)
        setPhase('busy')
        return await action()
      })
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
