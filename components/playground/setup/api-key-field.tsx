import { type Ref, useState } from 'react'
import { afterPress } from '../../ui/after-press.ts'
import { FieldButton, TextField } from '../../ui/field.tsx'
import { maskedKey } from './api-key.ts'

interface ApiKeyFieldProps {
  value: string
  error: string | undefined
  onChange: (text: string) => void
  /** Nothing more will be typed: do not wait any longer. */
  onDone: () => void
  ref: Ref<HTMLInputElement>
}

/**
 * The key, masked until somebody asks to see it. It is a text field with discs, not a password field: browsers must not
 * offer to keep it, and its role must stay `textbox`.
 */
export function ApiKeyField({ value, error, onChange, onDone, ref }: ApiKeyFieldProps) {
  const [shown, setShown] = useState(false)
  const { start, end } = maskedKey(value)
  return (
    <TextField
      ref={ref}
      id="api-key"
      label="API key"
      hint="stays in this tab"
      type="text"
      value={value}
      error={error}
      placeholder="sk_test_…"
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      data-1p-ignore=""
      data-lpignore="true"
      inputStyle={shown ? {} : ({ WebkitTextSecurity: 'disc' } as object)}
      cover={
        value && !shown ? (
          <>
            <span className="overflow-hidden">{start}</span>
            <span>{end}</span>
          </>
        ) : undefined
      }
      onChange={(event) => onChange(event.target.value)}
      onPaste={() => setTimeout(onDone)}
      onBlur={() => afterPress(onDone)}
      onKeyDown={(event) => event.key === 'Enter' && onDone()}
      after={
        <FieldButton aria-controls="api-key" onClick={() => setShown(!shown)}>
          {shown ? 'Hide' : 'Show'}
        </FieldButton>
      }
    />
  )
}
