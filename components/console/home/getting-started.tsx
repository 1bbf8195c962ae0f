'use client'

import type { HomeStep, HomeView } from '#lib/contract/console-home.ts'
import { smallLink } from '../../ui/button.tsx'
import { StepDot } from '../../ui/step-dot.tsx'
import { Card } from '../card.tsx'
import { useMay } from '../role.tsx'

/** How each step is called, where it is done, and whether only owners do it. */
export const stepWords: Record<HomeStep, { label: string; href: string; button: string; owners?: true }> = {
  key: { label: 'Make a test key', href: '/console/keys/new', button: 'Make a test key' },
  'sign-in': { label: 'First sign-in in the Playground', href: '/playground', button: 'Open the Playground' },
  branding: { label: 'Name and colour your sign-in page', href: '/console/branding', button: 'Choose', owners: true },
  'relying-party': { label: 'Set your relying party', href: '/console/relying-party', button: 'Set it', owners: true },
  client: { label: 'Register an OAuth client', href: '/console/oauth-clients/new', button: 'Register' },
  member: { label: 'Invite a second member', href: '/console/members', button: 'Invite', owners: true },
}

const filled =
  'inline-flex shrink-0 items-center rounded-lg border border-accent bg-accent px-3 py-1 font-semibold text-[13px] text-accent-ink leading-5 transition-colors hover:brightness-110'

interface Props {
  steps: HomeView['steps']
  /** The next one's button stands elsewhere, and is filled there. */
  quiet?: boolean
}

/** The beginning, which ticks itself off by what is there; the next step has the button. */
export function GettingStarted({ steps, quiet = false }: Props) {
  const owner = useMay('owner')
  const open = ({ step, done }: HomeView['steps'][number]) => !done && (owner || !stepWords[step].owners)
  const next = steps.find(open)?.step
  const done = steps.filter((one) => one.done).length
  return (
    <Card
      title="Getting started"
      actions={
        <span className="text-[13px] text-soft">
          {done} of {steps.length}
        </span>
      }
    >
      <ol className="-my-1.5 divide-y divide-line">
        {steps.map((one, index) => {
          const { label, href, button } = stepWords[one.step]
          return (
            <li key={one.step} className="flex min-h-10 items-center gap-3 py-1.5 text-[14px]">
              <StepDot number={index + 1} state={one.done ? 'done' : one.step === next ? 'now' : 'todo'} />
              <span className={`min-w-0 flex-1 ${one.done ? 'text-soft' : ''}`}>
                {label}
                {one.done ? <span className="sr-only">, done</span> : null}
              </span>
              {one.step === next && !quiet ? (
                <a href={href} className={filled}>
                  {button}
                </a>
              ) : !one.done && !open(one) ? (
                <span className="text-[13px] text-soft">an owner’s</span>
              ) : one.done || one.step === next ? null : (
                <a href={href} className={smallLink} aria-label={`${button}: ${label}`}>
                  {button}
                </a>
              )}
            </li>
          )
        })}
      </ol>
    </Card>
  )
}
