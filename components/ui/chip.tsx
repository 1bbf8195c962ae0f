const look =
  'inline-flex min-h-7 cursor-pointer items-center gap-1.5 rounded-full border px-[11px] py-0.5 text-[13px] transition-colors'
const off = 'border-line-strong text-soft hover:border-faint hover:text-ink'
const on = {
  accent: 'border-accent bg-accent-wash text-accent',
  warn: 'border-warn bg-warn-wash text-warn',
  bad: 'border-bad bg-bad-wash text-bad',
}

interface ChipChoiceProps<Value extends string> {
  label: string
  name: string
  /** A choice is named by its label, or what it is called; that has the label in it. */
  choices: readonly { value: Value; label: string; called?: string; title?: string; tone?: keyof typeof on }[]
  /** None of them when it is undefined. */
  selected: Value | undefined
  onSelect: (value: Value) => void
}

/** One of several, as chips: native radio buttons, so the arrow keys work as everywhere. */
export function ChipChoice<Value extends string>({ label, name, choices, selected, onSelect }: ChipChoiceProps<Value>) {
  return (
    <div role="radiogroup" aria-label={label} className="flex flex-wrap gap-1.5">
      {choices.map((choice) => (
        <label
          key={choice.value}
          title={choice.title}
          className={`relative has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2 ${look} ${choice.value === selected ? on[choice.tone ?? 'accent'] : off}`}
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            aria-label={choice.called}
            checked={choice.value === selected}
            onChange={() => onSelect(choice.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-full focus-visible:outline-none"
          />
          {choice.label}
        </label>
      ))}
    </div>
  )
}

interface ToggleChipProps {
  label: string
  title?: string
  /** The place in an ordered choice, from 1; undefined while it is not chosen. */
  place: number | undefined
  onToggle: () => void
}

/** One of an ordered set: pressed chips show their place. */
export function ToggleChip({ label, title, place, onToggle }: ToggleChipProps) {
  return (
    <button
      type="button"
      aria-pressed={place !== undefined}
      title={title}
      onClick={onToggle}
      className={`${look} font-mono text-[12.5px] ${place === undefined ? `border-dashed ${off}` : on.accent}`}
    >
      {place === undefined ? null : (
        <span className="grid size-4 place-items-center rounded-full bg-accent font-sans font-semibold text-[10px] text-accent-ink tabular-nums">
          {place}
        </span>
      )}
      {label}
    </button>
  )
}
