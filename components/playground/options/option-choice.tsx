import { frameOf, type OptionControlProps } from './option-control.ts'

/** One of the option's values, or none: the first entry unsets it and says what WebAuthn does then. */
export function OptionChoice({ id, option, value, onChange }: OptionControlProps) {
  return (
    <select
      id={id}
      aria-describedby={`${id}-note`}
      value={value === undefined ? '' : String(value)}
      onChange={({ target }) => onChange(option.values?.find(({ value }) => String(value) === target.value)?.value)}
      className={`cursor-pointer ${frameOf(value !== undefined)}`}
    >
      <option value="">unset: {option.whenUnset}</option>
      {option.values?.map(({ value, note }) => (
        <option key={String(value)} value={String(value)}>
          {String(value)}: {note}
        </option>
      ))}
    </select>
  )
}
