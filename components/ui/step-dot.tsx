import { Icon } from './icon.tsx'

/** The mark of a step in a strip of them: its number, or a tick once it is done. */
export function StepDot({ number, done, current }: { number: number; done: boolean; current: boolean }) {
  const look = done
    ? 'border-ok bg-ok text-card'
    : current
      ? 'border-accent text-accent'
      : 'border-line-strong text-faint'
  return (
    <span
      aria-hidden="true"
      className={`grid size-[22px] place-items-center rounded-full border-[1.5px] font-semibold text-[11px] transition-colors duration-200 ${look}`}
    >
      {done ? <Icon name="check" className="size-3.5 stroke-2" /> : number}
    </span>
  )
}
