import { Steps } from '../../../ui/steps.tsx'
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
  const state = (index: number) => (index < at ? 'done' : index === at ? 'now' : 'todo')
  return (
    <>
      <Steps steps={rotationStages.map((step, index) => ({ ...words[step], state: state(index) }))} />
      <p role="status" className="sr-only">
        {stage === 'done' ? 'The rotation is done' : `Step ${at + 1} of 4: ${words[stage].title}`}
      </p>
    </>
  )
}
