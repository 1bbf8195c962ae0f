import type { ComponentProps } from 'react'
import { FieldLabel } from './field-label.tsx'
import { Icon } from './icon.tsx'

interface Props extends Omit<ComponentProps<'select'>, 'id' | 'children' | 'onChange'> {
  id: string
  label: string
  /** The label is there for assistive technology only. */
  quietLabel?: boolean
  hint?: string
  choices: readonly { value: string; label: string }[]
  onChoose: (value: string) => void
}

/** One of several, in the device's own list. */
export function Select({ id, label, quietLabel = false, hint, choices, onChoose, className = '', ...select }: Props) {
  return (
    <div className={className}>
      <FieldLabel id={id} label={label} hint={hint} quiet={quietLabel} />
      <div className="relative">
        <select
          id={id}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => onChoose(event.target.value)}
          className="w-full cursor-pointer appearance-none truncate rounded-field border border-line-strong bg-card py-2.5 pr-9 pl-3 text-[14px] leading-5 transition-colors hover:border-faint"
          {...select}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
        <span className="pointer-events-none absolute inset-y-0 right-3 grid place-items-center text-soft">
          <Icon name="chevron" className="size-3.5" />
        </span>
      </div>
    </div>
  )
}
