import { BytesInput } from '../controls/bytes-input.tsx'
import { Segmented } from '../controls/segmented.tsx'
import { Mistake } from '../mistake.ts'
import { withoutMistakes } from './inner-mistake.ts'

interface LargeBlobInputsProps {
  id: string
  label: string
  /** The extension's input: `{ support }` at registration, `{ read }` or `{ write }` in a sign-in. */
  value: unknown
  registers: boolean
  onChange: (value: unknown) => void
}

const supports = [
  { value: 'required', title: 'no passkey without room for a blob' },
  { value: 'preferred', title: 'where the authenticator can' },
]
const uses = [
  { value: 'read', title: 'the blob comes back' },
  { value: 'write', title: 'the blob is replaced; needs exactly one allowed credential' },
]

/** Whether a passkey is to have room for a blob, or what a sign-in does with it. */
export function LargeBlobInputs({ id, label, value, registers, onChange }: LargeBlobInputsProps) {
  const whole = dictionary(value instanceof Mistake ? value.written : value)
  const chosen = registers
    ? typeof whole.support === 'string'
      ? whole.support
      : ''
    : 'write' in whole
      ? 'write'
      : whole.read
        ? 'read'
        : ''
  function select(next: string) {
    if (registers) {
      const { support: _, ...rest } = whole
      onChange(next ? { ...rest, support: next } : rest)
    } else {
      const { read: _, write: __, ...rest } = whole
      onChange({ ...rest, ...(next === 'read' ? { read: true } : next ? { write: 'Ymxvcg' } : {}) })
    }
  }
  return (
    <>
      <span id={`${id}-label`} className="sr-only">
        {label}
      </span>
      <Segmented
        id={id}
        labelledBy={`${id}-label`}
        choices={registers ? supports : uses}
        selected={chosen}
        onSelect={select}
      />
      {!registers && 'write' in whole ? (
        <BytesInput
          id={`${id}-write`}
          label={`${label}: write`}
          before="write"
          value={whole.write}
          onChange={(write) => onChange(withoutMistakes('largeBlob', { ...whole, write: write ?? '' }))}
        />
      ) : null}
    </>
  )
}

function dictionary(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}
