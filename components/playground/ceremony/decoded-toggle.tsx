interface Props {
  raw: boolean
  onChange: (raw: boolean) => void
}

/** Decoded or raw: two buttons, one of them pressed. */
export function DecodedToggle({ raw, onChange }: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form's fields, these are buttons.
    <div role="group" aria-label="How to read the message" className="flex rounded-lg bg-sunk p-0.5 text-[13px]">
      {([false, true] as const).map((value) => (
        <button
          key={String(value)}
          type="button"
          aria-pressed={raw === value}
          onClick={() => onChange(value)}
          className="h-6 cursor-pointer rounded-md px-2.5 text-soft hover:text-ink aria-pressed:bg-card dark:aria-pressed:bg-line-strong aria-pressed:font-medium aria-pressed:text-ink aria-pressed:shadow-lift"
        >
          {value ? 'Raw' : 'Decoded'}
        </button>
      ))}
    </div>
  )
}
