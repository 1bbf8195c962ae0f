'use client'

import { useEffect, useState } from 'react'
import { LineIcon } from '../../ui/icon.tsx'
import { Late } from '../../ui/late.tsx'

const loupe = 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.4 10.4l3.1 3.1'
const load = () => import('./find-dialog.tsx')

/** The way to everything: a press, ⌘K (Ctrl K) or “/” opens it. Its code comes then. */
export function Find({ tenantId }: { tenantId: string }) {
  const [open, setOpen] = useState(false)
  const [modifier, setModifier] = useState('Ctrl ')
  useEffect(() => {
    if (/Mac|iPhone|iPad/.test(navigator.platform)) setModifier('⌘')
    const listen = (event: KeyboardEvent) => {
      const command = (event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k'
      const slash = event.key === '/' && !event.metaKey && !event.ctrlKey && !event.altKey && !isWritten(event.target)
      // A dialogue that is open has the page: what it asks is answered first.
      if ((!command && !slash) || event.defaultPrevented || document.querySelector('dialog[open]')) return
      event.preventDefault()
      setOpen(true)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K /"
        onClick={() => setOpen(true)}
        className="flex h-9 cursor-pointer items-center gap-2.5 rounded-field border border-line-strong bg-paper px-2.5 text-[14px] text-soft transition-colors hover:border-faint lg:w-[340px] lg:px-3"
      >
        <LineIcon d={loupe} />
        <span className="min-w-0 flex-1 truncate text-left max-lg:sr-only">Find a user, key, request…</span>
        <span
          aria-hidden="true"
          className="rounded-md border border-line bg-card px-1.5 font-sans text-[11.5px] leading-5 max-lg:hidden"
        >
          {modifier}K
        </span>
      </button>
      {open ? (
        <Late load={load} waiting={null}>
          {({ FindDialog }) => <FindDialog tenantId={tenantId} onClose={() => setOpen(false)} />}
        </Late>
      ) : null}
    </>
  )
}

/** Whether a key that is pressed there writes. */
function isWritten(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}
