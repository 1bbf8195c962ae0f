'use client'

import { useEffect, useMemo } from 'react'
import type { InteractionStep } from '#lib/contract/oauth.ts'
import { InteractionClient } from '#lib/sdk/interaction.ts'
import type { Stage } from '../console/ceremony.ts'
import type { Refusal } from '../console/explain.ts'
import { useCeremony } from '../console/use-ceremony.ts'

/** The steps of an interaction: each one leads on to where the server says. */
export function useInteraction(uid: string, words?: (refusal: Refusal) => Partial<Refusal>) {
  const steps = useMemo(() => new InteractionClient(uid), [uid])
  const { stage, refusal, run, cancel, reset } = useCeremony(words)

  // Whoever comes back to a page that the browser kept finds it ready, not as they left it.
  useEffect(() => {
    const again = (event: PageTransitionEvent) => event.persisted && reset()
    addEventListener('pageshow', again)
    return () => removeEventListener('pageshow', again)
  }, [reset])

  /** Takes a step; the page is then left. A form would be stopped on its way to the app by the policy of this page. */
  function take(work: (steps: InteractionClient, enter: (stage: Stage) => void) => Promise<InteractionStep>): void {
    void run(async (enter) => {
      const { location: next } = await work(steps, enter)
      location.assign(next)
    })
  }
  return { stage, refusal, take, cancel }
}
