import { Checkbox } from '../../../ui/checkbox.tsx'

interface Props {
  required: boolean
  onChange: (required: boolean) => void
}

/** Whether every token is bound to a key of the client's. */
export function DpopField({ required, onChange }: Props) {
  return (
    <Checkbox
      role="switch"
      label="Require DPoP"
      note="Each token is bound to a key that the app keeps to itself, so that a stolen token is worth nothing. The app has to sign each of its requests (RFC 9449)."
      checked={required}
      onToggle={onChange}
    />
  )
}
