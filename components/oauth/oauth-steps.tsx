'use client'

import { useEffect, useState } from 'react'
import type { Flow, FlowClient, StepId } from './oauth-flow.ts'
import { OAuthStep } from './oauth-step.tsx'

interface Props<Step extends StepId> {
  steps: readonly Step[]
  flow: Flow | undefined
  baseUrl: string
  client: FlowClient
  /** What begins a step on its own; undefined where it begins with the ones before it. */
  onPerform?: ((step: Step) => (() => void) | undefined) | undefined
  onCancel: () => void
}

/** The steps of a flow. What happens is shown; what a person opened stays until the next thing happens. */
export function OAuthSteps<Step extends StepId>({ steps, flow, onPerform, ...rest }: Props<Step>) {
  const [chosen, open] = useState<StepId | 'none'>()
  const latest = flow?.latest
  useEffect(() => {
    open(latest?.step)
    if (latest) bringIntoView(latest.step)
  }, [latest])
  const next = nextOf(steps, flow)
  return (
    <ol aria-label="Steps of the flow" className="mt-4 border-line border-t">
      {steps.map((id, index) => (
        <OAuthStep
          {...rest}
          key={id}
          id={id}
          number={index + 1}
          flow={flow}
          next={id === next}
          open={chosen === id}
          onToggle={() => open(chosen === id ? 'none' : id)}
          onPerform={onPerform?.(id)}
        />
      ))}
    </ol>
  )
}

/** The step to do now; undefined once all are done. */
export function nextOf<Step extends StepId>(steps: readonly Step[], flow: Flow | undefined): Step | undefined {
  return steps.find((id) => flow?.steps[id]?.status !== 'done')
}

/** The flow in one line, for eyes and for screen readers. */
export function saying(steps: readonly StepId[], flow: Flow | undefined): string {
  if (!flow) return 'A window opens for the sign-in. Everything that passes is shown here.'
  const failed = steps.map((id) => flow.steps[id]?.failure).find(Boolean)
  if (failed) return `${failed.what}. ${failed.todo}`
  if (steps.some((id) => flow.steps[id]?.status === 'working')) return 'Under way.'
  return nextOf(steps, flow)
    ? 'Done so far. The next step is marked.'
    : 'The whole flow is done. Every step below opens.'
}

/** The step before it has just folded, and the page with it. */
function bringIntoView(id: StepId): void {
  requestAnimationFrame(() => {
    const step = document.getElementById(`oauth-step-${id}`)?.parentElement
    const { top = 0 } = step?.getBoundingClientRect() ?? {}
    if (top >= 0 && top < innerHeight * 0.7) return
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    step?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' })
  })
}
