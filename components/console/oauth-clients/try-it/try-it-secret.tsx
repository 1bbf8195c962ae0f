import { useState } from 'react'
import { FieldButton, TextField } from '../../../ui/field.tsx'

interface Props {
  secret: string
  error: string | undefined
  onChange: (secret: string) => void
}

/** The secret of a confidential client, masked, in this page’s memory alone. */
export function TryItSecret({ secret, error, onChange }: Props) {
  const [shown, show] = useState(false)
  return (
    <TextField
      id="try-it-secret"
      label="Client secret"
      hint="stays in this page’s memory"
      type={shown ? 'text' : 'password'}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      placeholder="cs_"
      value={secret}
      error={error}
      note="The server keeps only a fingerprint of it. Where it is lost, add another one under Secrets: that one is used here at once."
      onChange={(event) => onChange(event.target.value)}
      after={
        <FieldButton aria-pressed={shown} onClick={() => show(!shown)}>
          {shown ? 'Hide secret' : 'Show secret'}
        </FieldButton>
      }
    />
  )
}
