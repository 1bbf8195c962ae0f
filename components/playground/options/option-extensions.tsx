import { useState } from 'react'
import { frameOf, mistakeId, type OptionControlProps } from './option-control.ts'
import { extensionsOf, Mistake } from './option-mistake.ts'

/** Extension inputs as JSON. */
export function OptionExtensions({ id, value, onChange }: OptionControlProps) {
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  const wrong = value instanceof Mistake
  return (
    <textarea
      id={id}
      rows={3}
      spellCheck={false}
      placeholder={'unset, or { "credProps": true }'}
      aria-describedby={`${id}-note ${mistakeId(id, value)}`.trim()}
      aria-invalid={wrong ? true : undefined}
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        onChange(extensionsOf(event.target.value))
      }}
      className={`block resize-y font-mono ${frameOf(value !== undefined, wrong)}`}
    />
  )
}
