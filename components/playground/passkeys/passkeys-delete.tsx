'use client'

import { useEffect, useId, useRef, useState } from 'react'
import type { Passkey } from '#lib/contract/passkeys.ts'

interface Props {
  passkey: Passkey
  provider: string
  onDelete: (id: string) => Promise<void>
  onDone: () => void
}

/** Asks once more, in place, and says what deleting does not do. The safe answer has the focus; Escape gives it. */
export function PasskeysDelete({ passkey, provider, onDelete, onDone }: Props) {
  const [state, set] = useState<'asking' | 'deleting' | 'failed'>('asking')
  const keep = useRef<HTMLButtonElement>(null)
  const id = useId()

  useEffect(() => keep.current?.focus(), [])

  async function remove() {
    if (state === 'deleting') return
    set('deleting')
    try {
      await onDelete(passkey.id)
    } catch {
      set('failed')
    }
  }

  return (
    <div
      role="alertdialog"
      aria-labelledby={`${id}-question`}
      aria-describedby={`${id}-note`}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
      className="mt-3 rounded-xl border border-bad bg-bad-wash px-4 py-3"
    >
      <p id={`${id}-question`} className="font-semibold wrap-anywhere">
        Delete “{passkey.name}” from the server?
      </p>
      <p id={`${id}-note`} className="mt-0.5 text-[14px]">
        It will not sign anybody in again, and what it opened ends: its sessions, its tokens here, and what apps were
        given with it. {passkey.provider ? provider : 'The authenticator'} keeps its own copy until it is removed there
        too.
      </p>
      <div className="mt-2.5 flex flex-wrap gap-2">
        <button
          ref={keep}
          type="button"
          onClick={onDone}
          className="h-8 cursor-pointer rounded-lg border border-line-strong bg-card px-3 font-semibold text-[13px]"
        >
          Keep it
        </button>
        <button
          type="button"
          onClick={remove}
          aria-disabled={state === 'deleting'}
          className="h-8 cursor-pointer rounded-lg bg-bad px-3 font-semibold text-[13px] text-card"
        >
          {state === 'deleting' ? 'Deleting' : 'Delete it'}
        </button>
      </div>
      <p aria-live="polite" className="text-[13px] text-bad">
        {state === 'failed' &&
          'The server did not delete it. Try again, or authenticate anew if the token has expired.'}
      </p>
    </div>
  )
}
