import { Icon } from './icon.tsx'

/** How far a step is: to do, the one to do now, done, or failed or over. */
export type StepState = 'todo' | 'now' | 'done' | 'failed'

const looks: Record<StepState, string> = {
  todo: 'border-line-strong text-faint',
  now: 'border-accent text-accent',
  done: 'border-ok bg-ok text-card',
  failed: 'border-bad bg-bad text-card',
}

/** The mark of a step in a strip of them: its number, a tick once it is done, a cross once it is failed or over. */
export function StepDot({ number, state }: { number: number; state: StepState }) {
  return (
    <span
      aria-hidden="true"
      className={`grid size-[22px] shrink-0 place-items-center rounded-full border-[1.5px] font-semibold text-[11px] transition-colors duration-200 ${looks[state]}`}
    >
      {state === 'done' ? (
        <Icon name="check" className="size-3.5 stroke-2" />
      ) : state === 'failed' ? (
        <Icon name="cross" className="size-3.5 stroke-2" />
      ) : (
        number
      )}
    </span>
  )
}
