import { WebAuthnAbortService } from '@simplewebauthn/browser'
import { useCallback, useRef, useState } from 'react'
import { ApiError } from '#lib/sdk/call.ts'
import { endIfCalledOff, type Stage } from './ceremony.ts'
import { explain, type Refusal } from './explain.ts'
import { goAndSignIn } from './sign-in-path.ts'

/**
 * A ceremony that a page shows: one at a time, with the stage that it is in.
 *
 * @param words better ones than the general ones, for refusals that this page knows more about
 */
export function useCeremony(words: (refusal: Refusal) => Partial<Refusal> = () => ({})) {
  const [stage, setStage] = useState<Stage>()
  const [refusal, setRefusal] = useState<Refusal>()
  const running = useRef(false)
  const calledOff = useRef(false)

  async function run(work: (enter: (stage: Stage) => void) => Promise<void>): Promise<void> {
    if (running.current) return
    running.current = true
    calledOff.current = false
    setRefusal(undefined)
    try {
      await work((stage) => {
        endIfCalledOff(stage, calledOff.current)
        setStage(stage)
      })
      setStage('done')
    } catch (error) {
      if (error instanceof ApiError && error.code === 'session_required') return goAndSignIn()
      const general = explain(error)
      setRefusal({ ...general, ...words(general) })
      setStage(undefined)
    } finally {
      running.current = false
    }
  }

  /** Ends the browser's dialogue, or sees to it that none opens. */
  const cancel = useCallback(() => {
    calledOff.current = true
    WebAuthnAbortService.cancelCeremony()
  }, [])
  const reset = useCallback(() => {
    setStage(undefined)
    setRefusal(undefined)
  }, [])
  return { stage, refusal, run, cancel, reset }
}
