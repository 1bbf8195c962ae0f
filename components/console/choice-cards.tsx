import type { ReactNode } from 'react'

interface Props<Value extends string> {
  legend: string
  name: string
  choices: readonly { value: Value; label: string; note: ReactNode; barred?: boolean }[]
  selected: Value
  onSelect: (value: Value) => void
}

/** One of a few, each with what it means: native radio buttons, described by their notes. What is `barred` says why in its note. */
export function ChoiceCards<Value extends string>({ legend, name, choices, selected, onSelect }: Props<Value>) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold text-[13px]">{legend}</legend>
      <div className="grid gap-2.5 sm:grid-cols-2">
        {choices.map(({ value, label, note, barred = false }) => (
          <div
            key={value}
            className="relative flex gap-2.5 rounded-xl border border-line-strong bg-card px-3.5 py-3 transition-colors hover:border-faint has-checked:border-accent has-checked:bg-accent-wash has-disabled:border-line has-disabled:bg-sunk has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
          >
            <input
              type="radio"
              id={`${name}-${value}`}
              name={name}
              value={value}
              checked={selected === value}
              disabled={barred}
              onChange={() => onSelect(value)}
              aria-describedby={`${name}-${value}-note`}
              className="relative z-1 mt-1 size-4 shrink-0 appearance-none rounded-full border border-faint bg-card checked:border-[5px] checked:border-accent focus-visible:outline-none forced-colors:appearance-auto"
            />
            <div className="min-w-0">
              <label
                htmlFor={`${name}-${value}`}
                className="cursor-pointer font-semibold leading-6 before:absolute before:inset-0"
              >
                {label}
              </label>
              <p id={`${name}-${value}-note`} className="text-pretty text-[13px] text-soft">
                {note}
              </p>
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  )
}
