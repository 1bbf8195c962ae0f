'use client'

import { useEffect, useState } from 'react'
import type { TenantAnswer } from '#lib/contract/tenant.ts'
import { Button } from '../../ui/button.tsx'
import { OAuthClient } from './oauth-client.tsx'
import { type Flow, type StepId, stepIds } from './oauth-flow.ts'
import { OAuthForm } from './oauth-form.tsx'
import { OAuthStep } from './oauth-step.tsx'
import { OAuthTakeAlong } from './oauth-take-along.tsx'
import { useOAuth } from './use-oauth.ts'

interface Props {
  tenant: TenantAnswer
  clientId: string
  baseUrl: string
  username: string
}

/** The whole flow with the built-in client: chosen above, performed below, step by step or all at once. */
export function OAuthView({ tenant, clientId, baseUrl, username }: Props) {
  const { choices, choose, flow, authorize, runAll, perform, cancel } = useOAuth({
    baseUrl,
    clientId,
    loginHint: username || undefined,
  })
  const [chosen, open] = useState<StepId | 'none'>()
  const latest = flow?.latest
  // What happens is shown; what a person opened stays until the next thing happens.
  useEffect(() => {
    open(latest?.step)
    if (latest) bringIntoView(latest.step)
  }, [latest])
  const next = flow ? stepIds.find((id) => flow.steps[id]?.status !== 'done') : 'authorize'
  const beginning = next === 'authorize'

  return (
    <div className="@container">
      <OAuthClient tenant={tenant} clientId={clientId} />
      <div className="mt-5">
        <OAuthForm choices={choices} onChoose={choose} />
      </div>
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <Button look={beginning ? 'primary' : 'secondary'} className="max-sm:w-full" onClick={authorize}>
          Authorize in a popup
        </Button>
        <Button look="secondary" className="max-sm:w-full" onClick={runAll}>
          Run it all
        </Button>
        <output className="min-w-0 flex-1 basis-60 text-[13px] text-soft">{saying(flow, next)}</output>
      </div>
      <ol aria-label="Steps of the flow" className="mt-4 border-line border-t">
        {stepIds.map((id, index) => (
          <OAuthStep
            key={id}
            id={id}
            number={index + 1}
            flow={flow}
            next={id === next}
            open={chosen === id}
            baseUrl={baseUrl}
            clientId={clientId}
            onToggle={() => open(chosen === id ? 'none' : id)}
            onPerform={id === 'authorize' ? undefined : () => perform(id)}
            onCancel={cancel}
          />
        ))}
      </ol>
      <OAuthTakeAlong baseUrl={baseUrl} clientId={clientId} scopes={choices.scopes} dpop={choices.dpop} />
    </div>
  )
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

/** The flow in one line, for eyes and for screen readers. */
function saying(flow: Flow | undefined, next: StepId | undefined): string {
  if (!flow) return 'A window opens for the sign-in. Everything that passes is shown here.'
  const failed = stepIds.map((id) => flow.steps[id]?.failure).find(Boolean)
  if (failed) return `${failed.what}. ${failed.todo}`
  if (stepIds.some((id) => flow.steps[id]?.status === 'working')) return 'Under way.'
  return next ? 'Done so far. The next step is marked.' : 'The whole flow is done. Every step below opens.'
}
