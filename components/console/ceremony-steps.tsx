import { StepDot } from '../ui/step-dot.tsx'
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
            <StepDot number={index + 1} state={index < current ? 'done' : index === current ? 'now' : 'todo'} />
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
