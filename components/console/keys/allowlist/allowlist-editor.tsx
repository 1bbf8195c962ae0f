import { useRef } from 'react'
import { whyNoRange } from '#lib/contract/address-range.ts'
import { FieldButton, TextField } from '../../../ui/field.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { keptAs, sentence } from './allowlist.ts'
import type { Allowlist } from './use-allowlist.ts'

interface Props {
  allowlist: Allowlist
  /** What the server found wrong. */
  error: string | undefined
  /** The name and explanation stand somewhere else. */
  bare?: boolean
}

/** The addresses and ranges that may use a key: rows to take away, and a field that adds one or a pasted list. */
export function AllowlistEditor({ allowlist, error, bare = false }: Props) {
  const { entries, text, mistake, said, type, add, remove } = allowlist
  const field = useRef<HTMLInputElement>(null)
  const typed = text.trim()
  const several = /[\s,;]/.test(typed)
  const kept = keptAs(text)
  const why = typed && !several ? whyNoRange(typed) : undefined

  return (
    <fieldset>
      <legend className={bare ? 'sr-only' : 'font-semibold text-[13px]'}>Allowed addresses</legend>
      {bare ? null : (
        <p className="mb-2.5 text-pretty text-[13px] text-soft">
          Only requests from these addresses may use the key. Without any, every address may.
        </p>
      )}
      {entries.length ? (
        <ul aria-label="Allowed addresses" className="mb-3 divide-y divide-line rounded-xl border border-line">
          {entries.map((entry) => (
            <li key={entry} className="flex items-center justify-between gap-3 py-1.5 pr-1.5 pl-3.5">
              <code className="min-w-0 font-mono text-[13.5px] wrap-anywhere">{entry}</code>
              <button
                type="button"
                aria-label={`Remove ${entry}`}
                title={`Remove ${entry}`}
                onClick={() => {
                  remove(entry)
                  field.current?.focus()
                }}
                className="grid size-7 shrink-0 cursor-pointer place-items-center rounded-lg text-soft hover:bg-sunk hover:text-bad"
              >
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <TextField
        ref={field}
        id="allowlist-entry"
        label="Address or CIDR"
        placeholder="203.0.113.0/24"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        error={mistake ?? error}
        note={mistake ? undefined : kept ? `Kept as ${kept}.` : why ? sentence(`So far it ${why}`) : undefined}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !typed) return
          event.preventDefault()
          add()
        }}
        after={<FieldButton onClick={() => (typed ? add() : field.current?.focus())}>Add</FieldButton>}
      />
      <p role="status" className="sr-only">
        {said}
      </p>
    </fieldset>
  )
}
