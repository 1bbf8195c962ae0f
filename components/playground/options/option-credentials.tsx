import { useState } from 'react'
import { frameOf, mistakeId, type OptionControlProps } from './option-control.ts'
import { credentialIdsOf, Mistake } from './option-mistake.ts'

/** Which credentials the ceremony names: the user's registered ones, none, or IDs that are written out. */
export function OptionCredentials({ id, option, value, onChange }: OptionControlProps) {
  const [text, setText] = useState(Array.isArray(value) ? value.join('\n') : '')
  const wrong = value instanceof Mistake
  const chosen = wrong || Array.isArray(value) ? 'ids' : String(value ?? '')
  return (
    <>
      <select
        id={id}
        aria-describedby={`${id}-note`}
        value={chosen}
        onChange={({ target }) => onChange(target.value === 'ids' ? credentialIdsOf(text) : target.value || undefined)}
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
          aria-describedby={mistakeId(id, value) || undefined}
          aria-invalid={wrong ? true : undefined}
          placeholder="base64url, one a line"
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            onChange(credentialIdsOf(target.value))
          }}
          className={`mt-1.5 block resize-y font-mono ${frameOf(true, wrong)}`}
        />
      ) : null}
    </>
  )
}
