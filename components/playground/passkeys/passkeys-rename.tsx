'use client'

import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { Passkey } from '#lib/contract/passkeys.ts'

interface Props {
  passkey: Passkey
  onRename: (id: string, name: string) => Promise<void>
  onDone: () => void
}

/** Renames in place: Enter saves, Escape leaves the name as it was. */
export function PasskeysRename({ passkey, onRename, onDone }: Props) {
  const [name, setName] = useState(passkey.name)
  const [state, set] = useState<'editing' | 'saving' | 'failed'>('editing')
  const field = useRef<HTMLInputElement>(null)
  const hint = useId()

  useEffect(() => field.current?.select(), [])

  async function save(event: FormEvent) {
    event.preventDefault()
    if (state === 'saving') return
    const wanted = name.trim()
    if (!wanted) return field.current?.focus()
    if (wanted === passkey.name) return onDone()
    set('saving')
    try {
      await onRename(passkey.id, wanted)
      onDone()
    } catch {
      set('failed')
    }
  }

  return (
    <form onSubmit={save} className="flex flex-wrap items-center gap-2">
      <input
        ref={field}
        aria-label={`Name of ${passkey.name}`}
        aria-describedby={hint}
        value={name}
        maxLength={64}
        readOnly={state === 'saving'}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
        className="h-8 min-w-0 flex-1 basis-40 @max-sm:basis-full rounded-field border border-line-strong bg-card px-2.5 font-medium text-[15px]"
      />
      <button
        type="submit"
        className="h-8 cursor-pointer rounded-lg bg-accent px-3 font-semibold text-[13px] text-accent-ink"
      >
        {state === 'saving' ? 'Saving' : 'Save'}
      </button>
      <button
        type="button"
        onClick={onDone}
        className="h-8 cursor-pointer rounded-lg border border-line px-3 font-medium text-[13px] text-soft hover:text-ink"
      >
        Cancel
      </button>
      <p
        id={hint}
        aria-live="polite"
        className={`w-full text-[12.5px] ${state === 'failed' ? 'text-bad' : 'text-faint'}`}
      >
        {state === 'failed'
          ? 'The server did not take the new name. Try again, or authenticate anew if the token has expired.'
          : name.trim() === ''
            ? 'A passkey needs a name of 1 to 64 characters.'
            : 'Only the server’s name for it. The authenticator keeps its own.'}
      </p>
    </form>
  )
}
