import { Icon, type IconName } from '../../ui/icon.tsx'
import type { CompatibilityStep } from './steps.ts'
import { type Verdict, type VerdictOutcome, verdictWords } from './verdict.ts'

const looks: Record<VerdictOutcome, { icon: IconName; ink: string }> = {
  'as-specified': { icon: 'check', ink: 'text-ok' },
  differs: { icon: 'cross', ink: 'text-bad' },
  'not-supported': { icon: 'info', ink: 'text-soft' },
  skipped: { icon: 'info', ink: 'text-soft' },
  open: { icon: 'again', ink: 'text-warn' },
}

interface Props {
  number: number
  step: CompatibilityStep
  verdict: Verdict | undefined
  /** The one that the next press runs. */
  current: boolean
}

/** A step: what it does and expects while it is next, and what came of it. */
export function CompatibilityRow({ number, step: { title, does, expects, spec }, verdict, current }: Props) {
  const look = verdict && looks[verdict.outcome]
  return (
    <li
      aria-current={current ? 'step' : undefined}
      className={`grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-2 py-2.5 text-[14px] ${current ? 'bg-accent-wash shadow-[inset_3px_0_var(--accent)]' : ''}`}
    >
      <span className="text-right text-soft tabular-nums">{number}</span>
      <div className="min-w-0 pr-3">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="font-medium">{title}</span>
          {verdict && look ? (
            <span className={`inline-flex items-center gap-1.5 font-medium text-[13px] ${look.ink}`}>
              <Icon name={look.icon} className="size-3.5 self-center" />
              {verdictWords[verdict.outcome]}
            </span>
          ) : null}
        </div>
        {verdict ? <p className="text-[13px] text-soft wrap-anywhere">{verdict.why}</p> : null}
        {current ? (
          <div className="mt-1 space-y-1 text-[13px]">
            <p>{does}</p>
            <p>
              Expected: {expects}{' '}
              <a href={spec} className="text-accent underline underline-offset-2">
                Specification
              </a>
            </p>
          </div>
        ) : null}
      </div>
    </li>
  )
}
