import { Breakable } from '../../../ui/breakable.tsx'

interface SegmentedProps {
  id: string
  /** The ids of the words that name the group, and of those that describe it. */
  labelledBy: string
  describedBy?: string | undefined
  choices: readonly { value: string; title?: string }[]
  /** Undefined where it is none of them. The empty text is unset. */
  selected: string | undefined
  invalid?: boolean
  onSelect: (value: string) => void
}

/**
 * Unset, or one of a few, side by side, in as many rows as they need: native radio buttons, so the arrow keys work as
 * everywhere. A long value breaks between its words. Unset stands apart by a dashed line, and is grey when it is chosen.
 */
export function Segmented({ id, labelledBy, describedBy, choices, selected, invalid, onSelect }: SegmentedProps) {
  return (
    <div
      role="radiogroup"
      id={id}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      aria-invalid={invalid ? true : undefined}
      className={`flex flex-wrap overflow-hidden rounded-lg border bg-card text-[12.5px] ${invalid ? 'border-bad' : 'border-line-strong'}`}
    >
      {[{ value: '', title: undefined }, ...choices].map(({ value, title }) => (
        <label
          key={value}
          title={title}
          className={`-mt-px -ml-px relative grid flex-auto cursor-pointer place-items-center text-center border-line border-t border-l px-1.5 py-[3px] text-soft transition-colors hover:text-ink has-focus-visible:z-1 has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:-outline-offset-2 ${value ? 'has-checked:bg-accent-wash has-checked:font-semibold has-checked:text-accent' : 'border-r border-r-line-strong border-dashed text-faint has-checked:bg-sunk has-checked:font-medium has-checked:text-ink'}`}
        >
          <input
            type="radio"
            name={id}
            value={value}
            checked={value === selected}
            onChange={() => onSelect(value)}
            className="absolute inset-0 cursor-pointer appearance-none focus-visible:outline-none"
          />
          <span>
            <Breakable text={value || 'unset'} />
          </span>
        </label>
      ))}
    </div>
  )
}
