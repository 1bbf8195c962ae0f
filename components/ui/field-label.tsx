interface Props {
  /** Of the field; the hint's own id is `<id>-hint`. */
  id: string
  label: string
  /** Beside the label; described-by, never part of the name. */
  hint?: string | undefined
  /** For assistive technology only. */
  quiet?: boolean
}

/** What stands above a field. */
export function FieldLabel({ id, label, hint, quiet = false }: Props) {
  return (
    <div className={quiet ? 'sr-only' : 'mb-1.5 flex items-baseline justify-between gap-3 text-[13px]'}>
      <label htmlFor={id} className="font-semibold">
        {label}
      </label>
      {hint ? (
        <span id={`${id}-hint`} className="text-faint">
          {hint}
        </span>
      ) : null}
    </div>
  )
}
