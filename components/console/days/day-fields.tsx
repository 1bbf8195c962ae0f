import { TextField } from '../../ui/field.tsx'
import type { ChangeQuery } from '../../ui/use-query.ts'

interface Props {
  /** What their ids begin with. */
  id: string
  /** As a date field has them; empty: not chosen. */
  from: string
  to: string
  /** Whose days they are, where not the reader's own. */
  zone?: 'UTC'
  /** They are no range. */
  wrong?: boolean
  /** Of each of the two. */
  className?: string
  onChange: ChangeQuery
}

/** The first and the last day of what is looked at, both included; the address holds them. */
export function DayFields({ id, from, to, zone, wrong, className, onChange }: Props) {
  const alike = {
    type: 'date',
    ...(className ? { className } : {}),
    ...(wrong ? { 'aria-invalid': true } : {}),
  } as const
  return (
    <>
      <TextField
        {...alike}
        id={`${id}-from`}
        label="From"
        {...(zone ? { hint: zone } : {})}
        value={from}
        max={to || undefined}
        onChange={(event) => onChange({ from: event.target.value }, { replace: true })}
      />
      <TextField
        {...alike}
        id={`${id}-to`}
        label="To"
        hint="included"
        value={to}
        min={from || undefined}
        onChange={(event) => onChange({ to: event.target.value }, { replace: true })}
      />
    </>
  )
}
