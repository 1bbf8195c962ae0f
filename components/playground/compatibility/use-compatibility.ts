import { useEffect, useReducer, useRef, useState } from 'react'
import { clientOf } from '../client-of.ts'
import { performStep } from './perform-step.ts'
import { removePasskeys } from './remove-passkeys.ts'
import { type CompatibilitySession, keepSession, newSession, sessionOf } from './session.ts'
import { compatibilitySteps } from './steps.ts'

/** The compatibility test of a key: where it stands, and what a press does. */
export function useCompatibility(apiKey: string, managed: boolean) {
  const [, redraw] = useReducer((times: number) => times + 1, 0)
  const [working, setWorking] = useState<'step' | 'removing'>()
  const [stopped, setStopped] = useState(false)
  const active = useRef<AbortController>(undefined)
  useEffect(() => () => active.current?.abort(), [])
  // Not this panel’s own: what an earlier one was doing when it was closed may still end.
  const session = sessionOf(apiKey)

  function keep(next: CompatibilitySession) {
    keepSession(next)
    redraw()
  }

  const step = compatibilitySteps.find(({ id }) => (session.verdicts[id]?.outcome ?? 'open') === 'open')

  return {
    session,
    working,
    /** The one that is next; undefined when all are done. */
    step,
    stopped,
    async run() {
      if (!step || working) return
      const controller = new AbortController()
      active.current = controller
      setWorking('step')
      keep(await performStep(step, sessionOf(apiKey), { client: clientOf(apiKey), signal: controller.signal }))
      setWorking(undefined)
    },
    cancel: () => active.current?.abort(),
    skip() {
      if (!step || working) return
      const verdict = { outcome: 'skipped', why: 'Skipped by hand.' } as const
      keep({ ...session, verdicts: { ...session.verdicts, [step.id]: verdict } })
    },
    stop() {
      active.current?.abort()
      setStopped(true)
    },
    resume: () => setStopped(false),
    async remove() {
      if (working) return
      setWorking('removing')
      keep(await removePasskeys(sessionOf(apiKey), clientOf(apiKey), managed))
      setWorking(undefined)
    },
    beginAnew() {
      if (working) return
      setStopped(false)
      // What the server still has of it can be removed later.
      keep({ ...newSession(apiKey), passkeys: session.passkeys })
    },
  }
}
