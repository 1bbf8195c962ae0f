import { algorithmLabel } from '#lib/webauthn/algorithms.ts'
import { ChipOrder } from './chip-order.tsx'
import { describedBy, type OptionControlProps } from './option-control.ts'

/** Several of the option's values, in an order. With none of them the option is unset. */
export function ListControl({ id, option, value, onChange }: OptionControlProps) {
  const offered = (option.values ?? []).flatMap(({ value, note }) =>
    typeof value === 'boolean' ? [] : [{ value: value as string | number, note }],
  )
  return (
    <ChipOrder
      id={id}
      title={option.title}
      describedBy={describedBy(id, value)}
      chosen={[...new Set(Array.isArray(value) ? (value as (string | number)[]) : [])]}
      offered={offered}
      called={(entry) => (typeof entry === 'number' ? algorithmLabel(entry) : entry)}
      onChange={(chosen) => onChange(chosen.length ? chosen : undefined)}
    />
  )
}
