import { type ComponentProps, type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'

interface Props extends Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'onToggle' | 'children'> {
  label: ReactNode
  /** Below the label; described-by, never part of the name. */
  note?: ReactNode
  onToggle: (checked: boolean) => void
}

/** On or off. The whole line is the target. With the role `switch` it looks like one: for what is on as soon as it is pressed. */
export function Checkbox({ label, note, onToggle, className = '', ...input }: Props) {
  const id = useId()
  return (
    <div className={`relative flex items-start gap-2.5 ${className}`}>
      <span className="relative z-1 mt-[3px] grid shrink-0 place-items-center">
        <input
          type="checkbox"
          id={id}
          aria-describedby={note ? `${id}-note` : undefined}
          onChange={(event) => onToggle(event.target.checked)}
          className={`peer cursor-pointer appearance-none forced-colors:appearance-auto ${input.role === 'switch' ? slide : box}`}
          {...input}
        />
        {input.role === 'switch' ? null : (
          <Icon
            name="check"
            className="pointer-events-none absolute size-3 stroke-[2.5] text-accent-ink opacity-0 peer-checked:opacity-100 peer-disabled:text-soft forced-colors:hidden"
          />
        )}
      </span>
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

/** Drawn here, since a browser's own box that is not ticked looks disabled in the dark. */
const box =
  'size-4 rounded-[5px] border border-faint bg-card transition-colors checked:border-accent checked:bg-accent disabled:cursor-not-allowed disabled:border-line-strong disabled:bg-sunk aria-invalid:border-bad'

/** A knob that is a picture, so that every browser draws it; where colours are forced, the browser's own box. */
const slide =
  'h-[18px] w-8 rounded-full bg-faint bg-[radial-gradient(circle_at_center,var(--card)_6px,transparent_6.5px)] bg-[length:18px_18px] bg-left bg-no-repeat transition-[background-position,background-color] duration-150 checked:bg-accent checked:bg-right'
