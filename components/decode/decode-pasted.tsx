import { FieldLabel } from '../ui/field-label.tsx'

interface Props {
  id: string
  label: string
  /** How it is written; described-by, never part of the name. */
  hint: string
  /** What it is for, below it. */
  note: string
  placeholder: string
  error: string | undefined
  value: string
  onPaste: (text: string) => void
}

/** A field for what is long. What is wrong with it stands below it, and is read with it. */
export function DecodePasted({ id, label, hint, note, placeholder, error, value, onPaste }: Props) {
  return (
    <div className="md:col-span-2">
      <FieldLabel id={id} label={label} hint={hint} />
      <textarea
        id={id}
        aria-describedby={`${id}-hint ${error ? `${id}-error ` : ''}${id}-note`}
        aria-invalid={error ? true : undefined}
        value={value}
        onChange={(event) => onPaste(event.target.value)}
        rows={4}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        placeholder={placeholder}
        className={`block w-full resize-y break-all rounded-field border bg-card px-3 py-2.5 font-mono text-[13px] leading-[1.5] placeholder:text-faint ${error ? 'border-bad' : 'border-line-strong hover:border-faint'}`}
      />
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 text-[13px] text-bad first-letter:uppercase wrap-anywhere">
          {error}. Until it is right, the checks go without it.
        </p>
      ) : null}
      <p id={`${id}-note`} className="mt-1.5 text-[13px] text-soft">
        {note}
      </p>
    </div>
  )
}
