'use client'

import { useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { FieldButton, TextField } from '../../ui/field.tsx'
import { asOrigin, relationOf } from './draft.ts'

interface Props {
  origins: string[]
  rpId: string
  placeholder: string
  issue: (path: string) => string | undefined
  onChange: (origins: string[]) => void
}

const relations = {
  inside: 'In the RP ID’s domain: works as it is.',
  related: 'Outside the RP ID’s domain: browsers ask for the document of related origins, below.',
  malformed: 'Scheme, host and port, without a path.',
  insecure: 'Browsers offer passkeys over https only, but for localhost.',
}

/** The origins as rows: each says how it stands to the RP ID. */
export function OriginRows({ origins, rpId, placeholder, issue, onChange }: Props) {
  const group = useRef<HTMLFieldSetElement>(null)
  const [editing, setEditing] = useState<number>()
  const rows = origins.length ? origins : ['']

  function put(at: number, origin: string) {
    onChange(rows.map((each, index) => (index === at ? origin : each)))
  }

  function focusRow(at: number) {
    setTimeout(() => group.current?.querySelector<HTMLElement>(`#rp-origin-${at}`)?.focus())
  }

  return (
    <fieldset ref={group}>
      <legend className="font-semibold text-[13px]">Origins</legend>
      <p className="mt-0.5 text-[13px] text-soft">
        The pages that may ask for these passkeys: scheme, host and port, exactly as in the address bar. A ceremony on
        any other page is refused.
      </p>
      <div className="mt-2.5 space-y-3">
        {rows.map((origin, at) => {
          const plain = asOrigin(origin)
          const relation = plain ? relationOf(plain, rpId) : 'malformed'
          const said = issue(`origins.${at}`)
          const wrong = origin && relation === 'malformed' && editing !== at
          return (
            <TextField
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              key={at}
              id={`rp-origin-${at}`}
              label={`Origin ${at + 1}`}
              type="url"
              autoComplete="off"
              spellCheck={false}
              placeholder={placeholder}
              value={origin}
              error={wrong ? `“${origin}” is not an origin. Write it as ${placeholder}.` : said && `It ${said}.`}
              note={wrong ? undefined : `${plain === origin ? '' : `Saved as ${plain}. `}${relations[relation]}`}
              onChange={(event) => put(at, event.target.value)}
              onFocus={() => setEditing(at)}
              onBlur={() => setEditing(undefined)}
              after={
                rows.length > 1 ? (
                  <FieldButton
                    aria-label={`Remove origin ${at + 1}`}
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
          )
        })}
      </div>
      {rows.length < 20 ? (
        <Button
          look="quiet"
          className="mt-2"
          onClick={() => {
            onChange([...rows, ''])
            focusRow(rows.length)
          }}
        >
          Add an origin
        </Button>
      ) : null}
    </fieldset>
  )
}
