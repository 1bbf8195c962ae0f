import { Mistake } from '../mistake.ts'
import { describedBy, type OptionControlProps } from './option-control.ts'
import { Segmented } from './segmented.tsx'

/** Unset, or one of the option's values. */
export function ChoiceControl({ id, option, value, onChange }: OptionControlProps) {
  const values = option.values ?? []
  return (
    <Segmented
      id={id}
      labelledBy={`${id}-label`}
      describedBy={describedBy(id, value)}
      choices={values.map((each) => ({ value: String(each.value), title: each.note }))}
      selected={value === undefined ? '' : value instanceof Mistake ? undefined : String(value)}
      invalid={value instanceof Mistake}
      onSelect={(chosen) => onChange(values.find((each) => String(each.value) === chosen)?.value)}
    />
  )
}
