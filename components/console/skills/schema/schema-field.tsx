import { Button } from '../../../ui/button.tsx'
import type { Refusal } from '../../explain.ts'
import { JsonField } from './json-field.tsx'
import { lineOfPointer, pretty, readJson, readObject, schemaOf } from './schema-text.ts'

interface Props {
  field: 'inputSchema' | 'outputSchema'
  label: string
  hint: string
  value: string
  /** What the server refused. */
  refused: Refusal | undefined
  /** Whether it is said now what is wrong with it. */
  tried: boolean
  onChange: (text: string) => void
}

const starts = {
  inputSchema: { type: 'object', required: ['text'], properties: { text: { type: 'string', maxLength: 10_000 } } },
  outputSchema: { type: 'object', required: ['result'], properties: { result: { type: 'string' } } },
} as const

/** A JSON Schema as text, with something to begin from. */
export function SchemaField({ field, label, hint, value, refused, tried, onChange }: Props) {
  const read = readObject(value)
  const mistake = tried && 'mistake' in read ? read.mistake : undefined
  const said = refused?.issues.filter(({ path }) => path === field || path.startsWith(`${field}/`))
  const lines = said?.map(({ path, message }) => {
    const pointer = path.slice(field.length)
    return `Line ${lineOfPointer(value, pointer)}: ${pointer || 'the schema'} ${message}.`
  })
  const example = readJson(value)
  return (
    <JsonField
      id={field}
      label={label}
      hint={hint}
      value={value}
      error={mistake ?? (lines?.join('\n') || undefined)}
      onChange={onChange}
      help={
        <>
          <Button look="small" type="button" onClick={() => onChange(pretty(starts[field]))}>
            Begin with a schema
          </Button>
          <Button
            look="small"
            type="button"
            onClick={() => 'value' in example && onChange(pretty(schemaOf(example.value)))}
          >
            From an example
          </Button>
          <span className="self-center text-[13px] text-soft">
            Type an example as JSON, then press From an example: its schema takes its place.
          </span>
        </>
      }
    />
  )
}
