'use client'

import { type ComponentProps, type ReactNode, useRef, useState } from 'react'
import { afterPress } from '../ui/after-press.ts'
import { Button } from '../ui/button.tsx'
import { FieldButton, TextField } from '../ui/field.tsx'

interface Props extends Pick<ComponentProps<'input'>, 'type' | 'inputMode' | 'autoCapitalize' | 'placeholder'> {
  id: string
  legend: string
  note: ReactNode
  /** What a row is: “origin” gives “Origin 1” and “Remove origin 1”. */
  one: string
  /** The words of the button for another row. */
  add: string
  values: readonly string[]
  /** What is wrong with a row, or else is to be said about it. */
  said: (value: string, at: number, editing: boolean) => { error?: string | undefined; note?: string | undefined }
  /** What is wrong with the rows as a whole. */
  error?: string | undefined
  onChange: (values: string[]) => void
}

/** A list of short texts, each in a field of its own; at most twenty. There is always one to write into. */
export function TextRows({ id, legend, note, one, add, values, said, error, onChange, ...input }: Props) {
  const group = useRef<HTMLFieldSetElement>(null)
  const [editing, setEditing] = useState<number>()
  const rows = values.length ? values : ['']

  function focusRow(at: number) {
    setTimeout(() => group.current?.querySelector<HTMLElement>(`#${id}-${at}`)?.focus())
  }

  return (
    <fieldset ref={group} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="font-semibold text-[13px]">{legend}</legend>
      <p className="mt-0.5 text-pretty text-[13px] text-soft">{note}</p>
      <div className="mt-2.5 space-y-3">
        {rows.map((value, at) => (
          <TextField
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            key={at}
            id={`${id}-${at}`}
            label={`${one.charAt(0).toUpperCase()}${one.slice(1)} ${at + 1}`}
            autoComplete="off"
            spellCheck={false}
            value={value}
            {...input}
            {...said(value, at, editing === at)}
            onChange={(event) => onChange(rows.map((each, index) => (index === at ? event.target.value : each)))}
            onFocus={() => setEditing(at)}
            onBlur={() => afterPress(() => setEditing((row) => (row === at ? undefined : row)))}
            after={
              rows.length > 1 ? (
                <FieldButton
                  aria-label={`Remove ${one} ${at + 1}`}
                  onClick={() => {
                    onChange(rows.filter((_, index) => index !== at))
                    focusRow(Math.max(0, at - 1))
                  }}
                >
                  Remove
                </FieldButton>
              ) : null
            }
          />
        ))}
      </div>
      {error ? (
        <p id={`${id}-error`} className="mt-1.5 text-[13px] text-bad">
          {error}
        </p>
      ) : null}
      {rows.length < 20 ? (
        <Button
          look="quiet"
          className="mt-2"
          onClick={() => {
            onChange([...rows, ''])
            focusRow(rows.length)
          }}
        >
          {add}
        </Button>
      ) : null}
    </fieldset>
  )
}
