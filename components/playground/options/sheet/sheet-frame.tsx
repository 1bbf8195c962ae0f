'use client'

import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { useWide } from './use-wide.ts'

/** The page's header, which scrolls away. */
const headerHeight = 56

interface SheetFrameProps {
  label: string
  /** Asked for by Escape. */
  onClose: () => void
  children: ReactNode
}

/**
 * A dialogue beside the set-up, which stays in reach, and over what is marked `data-under-sheet`, which the focus passes
 * by; on a phone over all of the page. The focus goes to what is marked `data-autofocus`, and back to where it was, unless
 * it has gone elsewhere meanwhile.
 */
export function SheetFrame({ label, onClose, children }: SheetFrameProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const wide = useWide()

  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return
    const before = document.activeElement
    if (wide) element.show()
    else element.showModal()
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    // What a modal dialogue does by itself.
    const covered = document.querySelectorAll<HTMLElement>('[data-under-sheet]')
    for (const each of covered) each.inert = true
    return () => {
      for (const each of covered) each.inert = false
      const inside = element.contains(document.activeElement)
      element.close()
      if (inside && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [wide])

  // Before it is seen: Escape closes whatever is seen.
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element || !wide) return
    const place = () => {
      element.style.top = `${Math.max(0, headerHeight - scrollY)}px`
    }
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog:modal')) onClose()
    }
    place()
    addEventListener('scroll', place, { passive: true })
    addEventListener('keydown', press)
    return () => {
      element.style.top = ''
      removeEventListener('scroll', place)
      removeEventListener('keydown', press)
    }
  }, [wide, onClose])

  return (
    <dialog
      ref={dialog}
      aria-label={label}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
      className="fixed inset-0 z-10 m-0 h-auto max-h-none w-auto max-w-none flex-col overflow-clip border-line bg-card text-ink shadow-lift open:flex max-lg:size-full lg:left-[calc(max(0px,(100vw/var(--zoom)-1400px)/2)+408px)] lg:border-l"
    >
      {children}
    </dialog>
  )
}
