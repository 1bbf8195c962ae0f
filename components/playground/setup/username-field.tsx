import type { Ref } from 'react'
import { Button } from '../../ui/button.tsx'
import { FieldButton, TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { freshUsername } from './demo-key.ts'

interface UsernameFieldProps {
  value: string
  error: string | undefined
  autofill: boolean
  onChange: (username: string) => void
  onEnter: () => void
  ref: Ref<HTMLInputElement>
}

/** Whom to register and sign in. `webauthn` in autocomplete is where the browser offers passkeys. */
export function UsernameField({ value, error, autofill, onChange, onEnter, ref }: UsernameFieldProps) {
  return (
    <TextField
      ref={ref}
      id="username"
      name="username"
      label="Username"
      hint={autofill ? 'offers passkeys when clicked' : 'any name will do'}
      type="text"
      value={value}
      error={error}
      help={
        <Button look="quiet" onClick={() => onChange(freshUsername())}>
          Make up a name
        </Button>
      }
      autoComplete="username webauthn"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && onEnter()}
      after={
        <FieldButton aria-label="Another name" title="Another name" onClick={() => onChange(freshUsername())}>
          <Icon name="again" />
        </FieldButton>
      }
    />
  )
}
