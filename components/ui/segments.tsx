interface Props<Value extends string> {
  /** The accessible name of the group. */
  label: string
  name: string
  choices: readonly Value[]
  /** What a choice is called, where that is not its value. */
  called?: Partial<Record<Value, string>>
  selected: Value
  onSelect: (value: Value) => void
  /** Above the group, as over a field; without it the name is for assistive technology only. */
  hint?: string
  /** As wide as there is room. */
  wide?: boolean
}

/** One of a few, side by side: native radio buttons, so the arrow keys work as everywhere. */
export function Segments<Value extends string>({
  label,
  name,
  choices,
  called,
  selected,
  onSelect,
  hint,
  wide = false,
}: Props<Value>) {
  return (
    <div className={wide ? 'min-w-0' : ''}>
      {hint === undefined ? null : (
        <div className="mb-1.5 flex items-baseline justify-between gap-3 text-[13px]">
          <span aria-hidden="true" className="font-semibold">
            {label}
          </span>
          <span id={`${name}-hint`} className="text-faint">
            {hint}
          </span>
        </div>
      )}
      <div
        role="radiogroup"
        aria-label={label}
        aria-describedby={hint === undefined ? undefined : `${name}-hint`}
        className={`rounded-field border border-line-strong bg-card p-0.5 text-[12.5px] ${wide ? 'flex min-h-[42px]' : 'inline-flex'}`}
      >
        {choices.map((value) => (
          <label
            key={value}
            className={`relative grid cursor-pointer place-items-center whitespace-nowrap rounded-lg px-2 py-0.5 text-soft transition-colors hover:text-ink has-checked:bg-sunk has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent ${wide ? 'flex-auto' : ''}`}
          >
            <input
              type="radio"
              name={name}
              value={value}
              checked={value === selected}
              onChange={() => onSelect(value)}
              className="absolute inset-0 cursor-pointer appearance-none rounded-lg focus-visible:outline-none"
            />
            {called?.[value] ?? value}
          </label>
        ))}
      </div>
    </div>
  )
}
