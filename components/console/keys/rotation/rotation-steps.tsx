import { StepDot } from '../../../ui/step-dot.tsx'
import { type RotationStage, rotationStages } from './rotation-stage.ts'

const words = {
  create: { title: 'Create', note: 'a new key' },
  deploy: { title: 'Deploy', note: 'first request with it' },
  verify: { title: 'Verify', note: 'the old one is silent' },
  revoke: { title: 'Revoke', note: 'the old key' },
} as const

/** The four steps, which are also the progress: a step that traffic has proven is ticked. */
export function RotationSteps({ stage }: { stage: RotationStage }) {
  const at = stage === 'done' ? rotationStages.length : rotationStages.indexOf(stage)
  return (
    <>
      <ol
        aria-label="Steps"
        className="@container grid grid-cols-4 rounded-card border border-line bg-card shadow-lift"
      >
        {rotationStages.map((step, index) => (
          <li
            key={step}
            aria-current={index === at ? 'step' : undefined}
            className="grid min-w-0 justify-items-center gap-x-2.5 gap-y-1 border-line py-2.5 @2xl:grid-cols-[22px_minmax(0,1fr)] @2xl:justify-items-start @2xl:gap-y-0 @2xl:border-r @2xl:px-4 @2xl:py-3.5 @2xl:last:border-r-0"
          >
            <StepDot number={index + 1} done={index < at} current={index === at} />
            <span className="max-w-full truncate font-semibold text-[12px] @2xl:text-[14px]">
              {words[step].title}
              {index < at ? <span className="sr-only">, done</span> : null}
            </span>
            <span className="hidden max-w-full truncate text-[12.5px] text-faint @2xl:col-start-2 @2xl:block">
              {words[step].note}
            </span>
          </li>
        ))}
      </ol>
      <p role="status" className="sr-only">
        {stage === 'done' ? 'The rotation is done' : `Step ${at + 1} of 4: ${words[stage].title}`}
      </p>
    </>
  )
}
