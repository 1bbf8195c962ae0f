import { Button } from '../ui/button.tsx'
import { useAlive } from '../ui/use-alive.ts'
import type { Stage } from './ceremony.ts'

interface Props {
  /** The button's name, which stays while it waits. */
  label: string
  stage: Stage | undefined
  onStart?: () => void
  onCancel: () => void
}

/** Starts a ceremony; while the authenticator is waited for, it can be called off. Without `onStart` it submits. */
export function CeremonyButtons({ label, stage, onStart, onCancel }: Props) {
  const alive = useAlive()
  return (
    <div className={`flex gap-2.5 ${alive ? '' : 'invisible'}`}>
      <Button
        type={onStart ? 'button' : 'submit'}
        aria-disabled={stage ? true : undefined}
        className="flex-1 aria-disabled:cursor-default aria-disabled:opacity-60 sm:flex-none"
        onClick={onStart}
      >
        {label}
      </Button>
      {stage === 'authenticator' ? (
        <Button look="secondary" onClick={onCancel}>
          Cancel
        </Button>
      ) : null}
    </div>
  )
}
