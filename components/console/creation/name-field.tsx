import { TextField } from '../../ui/field.tsx'
import type { Creation } from './use-creation.ts'

interface Props<Draft> {
  creation: Creation<Draft>
  hint: string
  placeholder: string
}

/** What the new thing is called. */
export function NameField<Draft extends { name: string }>({ creation, hint, placeholder }: Props<Draft>) {
  return (
    <TextField
      id="name"
      label="Name"
      hint={hint}
      words
      placeholder={placeholder}
      autoComplete="off"
      value={creation.draft.name}
      maxLength={128}
      error={creation.wrong('name', 'The name')}
      onChange={(event) => creation.edit({ name: event.target.value } as Partial<Draft>)}
    />
  )
}
