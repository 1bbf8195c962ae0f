import { frameOf, type OptionControlProps } from './option-control.ts'

/** A number of milliseconds; an empty field is unset. */
export function OptionMilliseconds({ id, value, onChange }: OptionControlProps) {
  return (
    <input
      id={id}
      type="number"
      min={1}
      max={3_600_000}
      step={1000}
      inputMode="numeric"
      placeholder="unset"
      aria-describedby={`${id}-note`}
      value={value === undefined ? '' : String(value)}
      onChange={(event) => {
        const number = event.target.valueAsNumber
        onChange(Number.isInteger(number) ? number : undefined)
      }}
      className={`font-mono ${frameOf(value !== undefined)}`}
    />
  )
}
