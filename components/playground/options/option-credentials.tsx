import { useState } from 'react'
import { frameOf, type OptionControlProps } from './option-control.ts'

/** Which credentials the ceremony names: the user's registered ones, none, or IDs that are written out. */
export function OptionCredentials({ id, option, value, onChange }: OptionControlProps) {
  const [text, setText] = useState(Array.isArray(value) ? value.join('\n') : '')
  const chosen = Array.isArray(value) ? 'ids' : String(value ?? '')
  const wrong = idsIn(text).find((each) => !/^[A-Za-z0-9_-]+$/.test(each))
  function choose(next: string) {
    onChange(next === 'ids' ? idsIn(text) : next || undefined)
  }
  return (
    <>
      <select
        id={id}
        aria-describedby={`${id}-note`}
        value={chosen}
        onChange={(event) => choose(event.target.value)}
        className={`cursor-pointer ${frameOf(value !== undefined)}`}
      >
        <option value="">unset: {option.whenUnset}</option>
        <option value="registered">registered: the user’s passkeys</option>
        <option value="none">none: an empty list</option>
        <option value="ids">these IDs</option>
      </select>
      {chosen === 'ids' ? (
        <textarea
          rows={3}
          spellCheck={false}
          aria-label={`${option.title}: credential IDs`}
          aria-invalid={wrong ? true : undefined}
          placeholder="base64url, one a line"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            onChange(idsIn(event.target.value))
          }}
          className={`mt-1.5 block resize-y font-mono ${frameOf(true, Boolean(wrong))}`}
        />
      ) : null}
      {chosen === 'ids' && wrong ? (
        <p className="mt-1 text-[12.5px] text-bad">
          <span className="font-mono">{wrong.slice(0, 24)}</span> is not base64url.
        </p>
      ) : null}
    </>
  )
}

function idsIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}
