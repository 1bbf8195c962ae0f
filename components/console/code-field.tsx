import type { ReactNode } from 'react'
import { FieldLabel } from '../ui/field-label.tsx'

interface Props {
  id: string
  label: string
  hint?: string
  value: string
  rows?: number
  placeholder?: string
  error?: string | undefined
  /** Why what a button was pressed for did not happen: nothing is wrong with the text. */
  note?: string | undefined
  /** Buttons below the field. */
  help?: ReactNode
  onChange: (text: string) => void
}

/** A field for what a machine made, such as JSON or a certificate. What is wrong with it is said below. */
export function CodeField({ id, label, hint, value, rows = 10, placeholder, error, note, help, onChange }: Props) {
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : '', note ? `${id}-note` : '']
    .filter(Boolean)
    .join(' ')
  return (
    <div>
      <FieldLabel id={id} label={label} {...(hint ? { hint } : {})} />
      <textarea
        id={id}
        rows={rows}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.target.value)}
        className={`block w-full resize-y rounded-field border bg-card px-3 py-2.5 font-mono text-[13px] leading-5 transition-colors placeholder:text-faint focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-accent/25 ${error ? 'border-bad' : 'border-line-strong hover:border-faint'}`}
      />
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 whitespace-pre-line text-[13px] text-bad">
          {error}
        </p>
      ) : null}
      {note ? (
        <p id={`${id}-note`} className="mt-1.5 text-[13px] text-warn">
          {note}
        </p>
      ) : null}
      {help ? <div className="mt-2 flex flex-wrap gap-2">{help}</div> : null}
    </div>
  )
}
