import { TextField } from '../../../ui/field.tsx'

interface Props {
  description: string
  error: string | undefined
  onChange: (description: string) => void
}

/** What an endpoint is for, in its people's own words. */
export function DescriptionField({ description, error, onChange }: Props) {
  return (
    <TextField
      id="description"
      label="Description"
      hint="optional, members see it"
      words
      autoComplete="off"
      placeholder="Ledger"
      value={description}
      maxLength={256}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
