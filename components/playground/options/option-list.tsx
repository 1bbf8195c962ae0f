import { algorithmName } from '#lib/webauthn/algorithms.ts'
import { ToggleChip } from '../../ui/chip.tsx'
import type { OptionControlProps } from './option-control.ts'

/** Several of the option's values, in the order in which they were pressed. With none pressed the option is unset. */
export function OptionList({ id, option, value, onChange }: OptionControlProps) {
  const chosen = (value ?? []) as (string | number)[]
  function toggle(entry: string | number) {
    const next = chosen.includes(entry) ? chosen.filter((each) => each !== entry) : [...chosen, entry]
    onChange(next.length ? next : undefined)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the option's own label names it; a fieldset would need a second one
    <div
      role="group"
      id={id}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-note`}
      className="flex flex-wrap gap-1.5"
    >
      {(option.values as { value: string | number; note: string }[]).map(({ value: entry, note }) => (
        <ToggleChip
          key={entry}
          label={typeof entry === 'number' ? `${algorithmName(entry)} ${entry}` : entry}
          title={note}
          place={chosen.includes(entry) ? chosen.indexOf(entry) + 1 : undefined}
          onToggle={() => toggle(entry)}
        />
      ))}
    </div>
  )
}
