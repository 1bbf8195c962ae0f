import { type ComponentProps, type ReactNode, useId } from 'react'

interface Props extends Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'onToggle' | 'children'> {
  label: ReactNode
  /** Below the label; described-by, never part of the name. */
  note?: ReactNode
  onToggle: (checked: boolean) => void
}

/** On or off. The whole line is the target. */
export function Checkbox({ label, note, onToggle, className = '', ...input }: Props) {
  const id = useId()
  return (
    <div className={`relative flex items-start gap-2.5 ${className}`}>
      <input
        type="checkbox"
        id={id}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => onToggle(event.target.checked)}
        className="relative z-1 mt-[3px] size-4 shrink-0 cursor-pointer accent-(--accent)"
        {...input}
      />
      <div className="min-w-0 text-[14px] leading-[22px]">
        <label htmlFor={id} className="cursor-pointer before:absolute before:inset-0">
          {label}
        </label>
        {note ? (
          <p id={`${id}-note`} className="text-[13px] text-soft">
            {note}
          </p>
        ) : null}
      </div>
    </div>
  )
}
