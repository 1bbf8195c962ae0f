import { BytesInput } from './bytes-input.tsx'
import { describedBy, type OptionControlProps } from './option-control.ts'

const longestHandle = 64

/** The bytes of a user handle; an empty field is unset. */
export function BytesControl({ id, option, value, onChange }: OptionControlProps) {
  return (
    <BytesInput
      id={id}
      label={option.title}
      describedBy={describedBy(id, value)}
      placeholder={`unset: ${option.whenUnset}`}
      value={value}
      refuse={(length) => (length > longestHandle ? `It has ${length} bytes; ${longestHandle} at most.` : undefined)}
      onChange={onChange}
    />
  )
}
