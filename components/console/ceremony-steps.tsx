import { Icon } from '../ui/icon.tsx'
import type { Stage } from './ceremony.ts'

const stages = ['challenge', 'authenticator', 'check'] as const

interface Props {
  /** Undefined while nothing is under way. */
  stage: Stage | undefined
  /** What is done at each stage, and who is waited for. */
  words: Record<(typeof stages)[number], { title: string; note: string }>
  /** Said when it is done. */
  done: string
}

/** A ceremony in three steps: beforehand what will happen, then who is being waited for. */
export function CeremonySteps({ stage, words, done }: Props) {
  const current = stage === 'done' ? stages.length : stage ? stages.indexOf(stage) : -1
  const at = stages[current]
  return (
    <>
      <ol aria-label="What happens" className="space-y-2.5">
        {stages.map((each, index) => (
          <li key={each} aria-current={index === current ? 'step' : undefined} className="flex gap-3">
            <Dot number={index + 1} state={index < current ? 'done' : index === current ? 'current' : 'ahead'} />
            <p className="min-w-0 text-[14px] leading-[22px]">
              <span className="font-semibold">{words[each].title}</span>{' '}
              <span className="text-soft">{words[each].note}</span>
            </p>
          </li>
        ))}
      </ol>
      <p role="status" data-stage={stage ?? 'idle'} className="sr-only">
        {stage === 'done' ? done : at ? `${words[at].title} ${words[at].note}` : ''}
      </p>
    </>
  )
}

function Dot({ number, state }: { number: number; state: 'done' | 'current' | 'ahead' }) {
  const look = {
    done: 'border-ok bg-ok text-card',
    current: 'border-line-strong border-t-accent animate-spin',
    ahead: 'border-line-strong text-faint',
  }[state]
  return (
    <span
      aria-hidden="true"
      className={`grid size-[22px] shrink-0 place-items-center rounded-full border-[1.5px] font-semibold text-[11px] ${look}`}
    >
      {state === 'done' ? <Icon name="check" className="size-3.5 stroke-2" /> : state === 'ahead' ? number : null}
    </span>
  )
}
