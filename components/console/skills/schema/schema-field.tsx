import { useState } from 'react'
import type { JsonSchema } from '#lib/contract/skills.ts'
import { Button } from '../../../ui/button.tsx'
import { CodeField } from '../../code-field.tsx'
import type { Refusal } from '../../explain.ts'
import { exampleMistake, lineOfPointer, pretty, readJson, readObject, schemaOf } from './schema-text.ts'

interface Props {
  field: 'inputSchema' | 'outputSchema'
  label: string
  /** What it could be of, for who begins. */
  example: JsonSchema
  value: string
  /** What the server refused. */
  refused: Refusal | undefined
  /** Whether it is said now what is wrong with it. */
  tried: boolean
  onChange: (text: string) => void
}

/** A JSON Schema as text; or an example as text, that it is made from. */
export function SchemaField({ field, label, example, value, refused, tried, onChange }: Props) {
  const [noExample, sayWhy] = useState<string>()
  const read = readObject(value)
  const nothing = value.trim() === '' && 'Write a schema, or have one made from an example.'
  const mistake = tried && 'mistake' in read ? nothing || read.mistake : undefined
  const said = refused?.issues.filter(({ path }) => path === field || path.startsWith(`${field}/`))
  const lines = said?.map(({ path, message }) => {
    const pointer = path.slice(field.length)
    return `Line ${lineOfPointer(value, pointer)}: ${pointer || 'the schema'} ${message}.`
  })

  function edit(text: string) {
    sayWhy(undefined)
    onChange(text)
  }

  function fromExample() {
    const given = value.trim() === '' ? { value: example } : readJson(value)
    const why = exampleMistake(given)
    if (why === undefined && 'value' in given) edit(pretty(schemaOf(given.value)))
    else sayWhy(why)
    document.getElementById(field)?.focus()
  }

  return (
    <CodeField
      id={field}
      label={label}
      hint="JSON Schema 2020-12"
      placeholder={pretty(example)}
      value={value}
      error={mistake ?? (lines?.join('\n') || undefined)}
      note={mistake === undefined ? noExample : undefined}
      onChange={edit}
      help={
        <>
          <Button
            look="small"
            type="button"
            aria-label={`From an example: ${label.toLowerCase()}`}
            onClick={fromExample}
          >
            From an example
          </Button>
          <span className="self-center text-[13px] text-soft">
            Write a schema. Or write an example of the JSON and press this: its schema takes its place.
          </span>
        </>
      }
    />
  )
}
