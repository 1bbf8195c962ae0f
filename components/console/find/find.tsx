'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { LineIcon } from '../../ui/icon.tsx'
import { Late } from '../../ui/late.tsx'

const loupe = 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.4 10.4l3.1 3.1'
const load = () => import('./find-dialog.tsx')

/** The way to everything: a press, ⌘K (Ctrl K) or “/” opens it. Its code comes then. */
export function Find({ tenantId }: { tenantId: string }) {
  const [open, setOpen] = useState(false)
  const opening = useRef(false)
  const typed = useRef('')
  const [modifier, setModifier] = useState('Ctrl ')
  const show = useCallback(() => {
    opening.current = true
    setOpen(true)
  }, [])
  useEffect(() => {
    if (/Mac|iPhone|iPad/.test(navigator.platform)) setModifier('⌘')
    const listen = (event: KeyboardEvent) => {
      const command = (event.metaKey || event.ctrlKey) && !event.altKey && event.key.toLowerCase() === 'k'
      const slash = event.key === '/' && !event.metaKey && !event.ctrlKey && !event.altKey && !isWritten(event.target)
      // A dialogue that is open has the page: what it asks is answered first.
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return
      const isText = event.key.length === 1 && !event.metaKey && !event.ctrlKey && !event.altKey
      // What is typed before the field is there stands in it then.
      if (opening.current && isText && !isWritten(event.target)) typed.current += event.key
      else if (command || slash) show()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [show])

  function hide() {
    opening.current = false
    typed.current = ''
    setOpen(false)
  }

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K /"
        onClick={show}
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
          {({ FindDialog }) => <FindDialog tenantId={tenantId} before={typed.current} onClose={hide} />}
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
