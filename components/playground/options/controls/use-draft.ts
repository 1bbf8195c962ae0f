import { useState } from 'react'
import { Mistake } from '../mistake.ts'

/**
 * A field's text, what is to be done with another, and whether it is written wrong. What a hand writes stays as it is
 * written while the value is the one that it stands for; a value from elsewhere is written out anew.
 */
export function useDraft(
  value: unknown,
  write: (value: unknown) => string,
  read: (text: string) => unknown,
  onChange: (value: unknown) => void,
): [text: string, setText: (text: string) => void, wrong: boolean] {
  const [draft, setDraft] = useState<{ text: string; value: unknown }>()
  const own =
    draft && (Object.is(draft.value, value) || (draft.value instanceof Mistake && draft.value.written === value))
  return [
    own ? draft.text : write(value),
    (text) => {
      const next = read(text)
      setDraft({ text, value: next })
      onChange(next)
    },
    value instanceof Mistake || Boolean(own && draft.value instanceof Mistake),
  ]
}
