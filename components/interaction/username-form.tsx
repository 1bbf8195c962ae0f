import type { FormEvent, Ref } from 'react'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'

interface Props {
  field: Ref<HTMLInputElement>
  hint: string
  value: string
  mistake: string | undefined
  /** What the form does, on its button. */
  label: string
  look: 'primary' | 'secondary'
  onEdit: (username: string) => void
  onSubmit: () => void
}

/** The page's one field, for whichever way needs it, with the button of that way. */
export function UsernameForm({ field, hint, value, mistake, label, look, onEdit, onSubmit }: Props) {
  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }
  return (
    <form onSubmit={submit} noValidate className="mt-3">
      <TextField
        ref={field}
        id="username"
        name="username"
        label="Username"
        hint={hint}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        value={value}
        error={mistake}
        onChange={(event) => onEdit(event.target.value)}
      />
      <Button type="submit" look={look} className="mt-3 w-full">
        {label}
      </Button>
    </form>
  )
}
