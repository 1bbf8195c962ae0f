import { useRef } from 'react'
import { TextField } from '../ui/field.tsx'
import type { Said } from './judge.ts'

interface Props {
  id: string
  label: string
  hint: string
  placeholder?: string
  said: Said
  onSay: (said: Said) => void
}

/** What a ceremony was asked with: the response's own word to begin with, until somebody types or confirms it. */
export function DecodeSaid({ id, label, hint, placeholder, said: { value, own }, onSay }: Props) {
  const field = useRef<HTMLInputElement>(null)
  return (
    <TextField
      ref={field}
      id={id}
      label={label}
      hint={hint}
      placeholder={placeholder}
      value={value}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onSay({ value: event.target.value, own: false })}
      // Who pastes what stands there already says it, too.
      onPaste={() => onSay({ value, own: false })}
      note={
        own ? (
          <>
            <span className="text-warn">
              {value
                ? 'Taken from the response itself: that proves nothing.'
                : 'The response does not say it: not judged until you do.'}
            </span>{' '}
            {value ? (
              <button
                type="button"
                aria-label={`I asked with this: ${label}`}
                onClick={({ detail }) => {
                  onSay({ value, own: false })
                  // The button goes: from a keyboard the focus would go with it.
                  if (detail === 0) field.current?.focus()
                }}
                className="cursor-pointer font-medium text-accent hover:underline"
              >
                I asked with this
              </button>
            ) : null}
          </>
        ) : undefined
      }
    />
  )
}
