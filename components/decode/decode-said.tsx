import { TextField } from '../ui/field.tsx'

interface Said {
  value: string
  own: boolean
}

interface Props {
  id: string
  label: string
  hint: string
  said: Said
  onSay: (said: Said) => void
}

/** What a ceremony was asked with: the response's own word to begin with, until somebody types or confirms it. */
export function DecodeSaid({ id, label, hint, said: { value, own }, onSay }: Props) {
  return (
    <TextField
      id={id}
      label={label}
      hint={hint}
      value={value}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onSay({ value: event.target.value, own: false })}
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
                onClick={() => onSay({ value, own: false })}
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
