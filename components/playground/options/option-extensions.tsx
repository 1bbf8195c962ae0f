import { useState } from 'react'
import { frameOf, type OptionControlProps } from './option-control.ts'

/** Extension inputs as JSON. While the text is no JSON object nothing is sent, and the field says so. */
export function OptionExtensions({ id, value, onChange }: OptionControlProps) {
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  const mistake = text.trim() === '' ? undefined : mistakeIn(text)
  function write(next: string) {
    setText(next)
    onChange(next.trim() === '' || mistakeIn(next) ? undefined : JSON.parse(next))
  }
  return (
    <>
      <textarea
        id={id}
        rows={3}
        spellCheck={false}
        placeholder={'unset, or { "credProps": true }'}
        aria-describedby={`${id}-note ${mistake ? `${id}-error` : ''}`.trim()}
        aria-invalid={mistake ? true : undefined}
        value={text}
        onChange={(event) => write(event.target.value)}
        className={`block resize-y font-mono ${frameOf(value !== undefined, Boolean(mistake))}`}
      />
      {mistake ? (
        <p id={`${id}-error`} className="mt-1 text-[12.5px] text-bad">
          {mistake} Not sent until it is right.
        </p>
      ) : null}
    </>
  )
}

function mistakeIn(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return parsed && typeof parsed === 'object' && !Array.isArray(parsed) ? undefined : 'It must be a JSON object.'
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : String(error)}.`.replace('..', '.')
  }
}
