import { Monogram } from '../setup/monogram.tsx'
import type { Facts } from './facts.ts'
import { sized } from './sized.ts'

interface Props {
  facts: Facts
  environment: 'test' | 'live' | undefined
  example: boolean
  at: number
  steps: number
}

/** Whose run it is, what kind, and how far it is told. */
export function PresentHead({ facts, environment, example, at, steps }: Props) {
  return (
    <header className="flex flex-wrap items-center" style={sized({ gap: 16, padding: [24, 56, 0] })}>
      <span style={sized({ fontSize: 25 })}>
        <Monogram name={facts.tenant ?? 'Server'} size="size-[2.08em] rounded-[27%]" />
      </span>
      <span
        className="min-w-0 truncate font-semibold tracking-tight"
        style={{ fontSize: 'max(14px, calc(24 * var(--u)))' }}
      >
        {facts.tenant ?? 'A server'}
      </span>
      {example ? <Mark tone="bg-warn-wash text-warn">Example</Mark> : null}
      {facts.software ? <Mark tone="bg-warn-wash text-warn">In software</Mark> : null}
      {environment ? <Mark tone={marks[environment]}>{environment}</Mark> : null}
      <span className="ml-auto flex items-center" style={sized({ gap: 18 })}>
        <span aria-hidden="true" className="flex items-center max-sm:hidden" style={sized({ gap: 8 })}>
          {Array.from({ length: steps }, (_, step) => (
            <i
              // biome-ignore lint/suspicious/noArrayIndexKey: a place in a row
              key={step}
              className={`rounded-full ${step === at ? 'bg-accent' : step < at ? 'bg-ink' : 'bg-line-strong'}`}
              style={sized({ width: step === at ? 38 : 11, height: 11 })}
            />
          ))}
        </span>
        <span className="font-medium text-soft tabular-nums" style={{ fontSize: 'max(13px, calc(22 * var(--u)))' }}>
          {at + 1} of {steps}
        </span>
      </span>
    </header>
  )
}

const marks = { live: 'bg-bad-wash text-bad', test: 'bg-warn-wash text-warn' } as const

/** A badge that grows with the stage. */
function Mark({ tone, children }: { tone: string; children: string }) {
  return (
    <span
      className={`rounded-full px-[0.75em] py-[0.4em] font-semibold uppercase leading-none tracking-wider ${tone}`}
      style={{ fontSize: 'max(11px, calc(17 * var(--u)))' }}
    >
      {children}
    </span>
  )
}
