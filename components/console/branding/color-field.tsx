import { contrast, inkOn } from '#lib/contract/brand-colors.ts'
import { TextField } from '../../ui/field.tsx'
import { colorOf } from './draft.ts'

interface Props {
  value: string
  /** Somebody tried to save it, and it is none. */
  wrong: boolean
  onChange: (color: string) => void
}

/** A colour, picked or typed, and whether people can read what stands on it. */
export function ColorField({ value, wrong, onChange }: Props) {
  const color = colorOf(value)
  return (
    <TextField
      id="brand-color"
      label="Colour"
      hint="optional"
      autoComplete="off"
      spellCheck={false}
      maxLength={16}
      placeholder="#2b45e8"
      value={value}
      error={wrong ? `“${value}” is not a colour.` : undefined}
      note={
        color
          ? words(color)
          : value
            ? 'Six hexadecimal digits, such as #2b45e8.'
            : 'Without one, the letter of your name stands on a colour of ours.'
      }
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => color && color !== value && onChange(color)}
      after={
        <input
          type="color"
          aria-label="Pick a colour"
          value={color ?? '#2b45e8'}
          onChange={(event) => onChange(event.target.value)}
          className="h-10 w-14 cursor-pointer border-line border-l bg-card p-1.5 focus-visible:-outline-offset-2"
        />
      }
    />
  )
}

/** What WCAG says of it, in words. @see https://www.w3.org/TR/WCAG22/#contrast-minimum */
function words(color: string): string {
  const ink = inkOn(color)
  const [named, other] = ink === '#ffffff' ? ['White', 'black'] : ['Black', 'white']
  const text = `${named} text stands on it, ${ratio(contrast(color, ink))}: that passes WCAG AA, which asks for 4.5 to 1. ${capital(other)} would have ${ratio(contrast(color, ink === '#ffffff' ? '#000000' : '#ffffff'))}.`
  const faint = [contrast(color, '#ffffff') < 3 ? 'light' : '', contrast(color, '#16181e') < 3 ? 'dark' : ''].filter(
    Boolean,
  )
  return faint.length
    ? `${text} As a line on the ${faint.join(' or the ')} page it is hard to see (under 3 to 1), so nothing depends on seeing it.`
    : text
}

function ratio(value: number): string {
  return `${(Math.floor(value * 10) / 10).toFixed(1)} to 1`
}

function capital(word: string | undefined): string {
  return word ? word.charAt(0).toUpperCase() + word.slice(1) : ''
}
