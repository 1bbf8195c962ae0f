import { useState } from 'react'
import { frameOf, mistakeId, type OptionControlProps } from './option-control.ts'
import { Mistake, millisecondsOf } from './option-mistake.ts'

/** A number of milliseconds; an empty field is unset. */
export function OptionMilliseconds({ id, value, onChange }: OptionControlProps) {
  const [text, setText] = useState(value === undefined ? '' : String(value))
  const wrong = value instanceof Mistake
  return (
    <input
      id={id}
      type="number"
      min={1}
      max={3_600_000}
      step={1000}
      inputMode="numeric"
      placeholder="unset"
      aria-describedby={`${id}-note ${mistakeId(id, value)}`.trim()}
      aria-invalid={wrong ? true : undefined}
      value={text}
      // Not onChange: while what is written is no number, the field's value is empty before and after.
      onInput={({ currentTarget: { value: written, validity } }) => {
        setText(written)
        onChange(millisecondsOf(validity.badInput ? 'no number' : written))
      }}
      className={`font-mono ${frameOf(value !== undefined, wrong)}`}
    />
  )
}
