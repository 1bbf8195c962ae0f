'use client'

import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { Icon } from './icon.tsx'

interface Props {
  open: boolean
  /** Asked for by Escape, the Close button or a press outside. */
  onClose: () => void
  title: string
  children: ReactNode
  /** The buttons at the lower edge; the main one last. */
  actions?: ReactNode
  /** Neither Escape nor a press outside closes it: what it shows is not shown again. */
  locked?: boolean
  wide?: boolean
  /** Stands at the top instead of the title, which is its name alone then; the page above it stays in sight. */
  head?: ReactNode
}

/**
 * A modal dialogue; a sheet at the lower edge on a phone. Focus goes to what is marked `data-autofocus`, else to the
 * first field, else to the title, and back to where it was, or to what that stood in where it is gone. Its content is mounted only while it is open.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/dialog-modal/
 */
export function Dialog({ open, onClose, title, children, actions, locked = false, wide = false, head }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const pressed = useRef(false)
  const id = useId()

  useLayoutEffect(() => {
    const element = dialog.current
    if (!open || !element) return
    const way = wayTo(document.activeElement)
    element.showModal()
    const first = ['[data-autofocus]', 'input:not([type=hidden]), select, textarea', 'h2']
      .map((selector) => element.querySelector<HTMLElement>(selector))
      .find(Boolean)
    first?.focus()
    return () => {
      element.close()
      if (way[0]?.isConnected === false) focusFirst(way)
    }
  }, [open])

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it, which the browser tells as a cancel
    <dialog
      ref={dialog}
      aria-labelledby={id}
      closedby={locked ? 'none' : 'closerequest'}
      // By hand: not every browser knows closedby="any". A text that is marked up to the outside is no press there.
      onPointerDown={(event) => {
        pressed.current = isOutside(event)
      }}
      onClick={(event) => {
        if (pressed.current && isOutside(event) && !locked) onClose()
      }}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        if (!locked) onClose()
      }}
      onClose={(event) => {
        // The browser closes by itself when Escape is pressed twice.
        if (event.target !== event.currentTarget || !open) return
        if (locked) event.currentTarget.showModal()
        else onClose()
      }}
      className={`fixed inset-0 ${head ? 'mx-auto my-3 sm:my-24' : 'm-auto max-sm:mb-0 max-sm:max-w-none max-sm:rounded-b-none max-sm:border-b-0'} max-h-[min(88dvh/var(--zoom),100dvh/var(--zoom)-32px)] w-full flex-col overflow-hidden rounded-card border border-line-strong bg-card text-ink shadow-lift backdrop:bg-[#0b0c1099] open:flex ${head ? 'max-w-[min(620px,100vw-24px)]' : wide ? 'max-w-3xl' : 'max-w-lg'}`}
    >
      {open ? (
        <>
          <div
            className={`flex gap-3 border-line border-b ${head ? 'items-center px-4 py-2.5' : 'items-start px-5 py-3.5'}`}
          >
            <h2
              id={id}
              tabIndex={-1}
              className={
                head ? 'sr-only' : 'line-clamp-2 min-w-0 flex-1 font-semibold text-[17px] leading-7 outline-none'
              }
            >
              {title}
            </h2>
            {head}
            {locked ? null : (
              <button
                type="button"
                aria-label="Close"
                onClick={onClose}
                className="grid size-7 cursor-pointer place-items-center rounded-lg text-soft hover:bg-sunk hover:text-ink"
              >
                <Icon name="cross" />
              </button>
            )}
          </div>
          <div className={`min-h-0 flex-auto overflow-y-auto overscroll-contain ${head ? '' : 'px-5 py-4'}`}>
            {children}
          </div>
          {actions ? (
            <footer className="flex flex-wrap justify-end gap-2.5 border-line border-t px-5 py-3.5 max-sm:*:flex-1">
              {actions}
            </footer>
          ) : null}
        </>
      ) : null}
    </dialog>
  )
}

/** Whether a press was on what is behind the dialogue, which browsers say was on the dialogue itself. */
function isOutside({ target, currentTarget, clientX: x, clientY: y }: MouseEvent): boolean {
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect()
  return target === currentTarget && (x < left || x > right || y < top || y > bottom)
}

/** What has the focus, and what it stands in, from the inside out. */
function wayTo(focused: Element | null): HTMLElement[] {
  const way: HTMLElement[] = []
  for (let each = focused; each instanceof HTMLElement && each !== document.body; each = each.parentElement)
    way.push(each)
  return way
}

/** Gives the focus to the first that is still there. */
function focusFirst(way: readonly HTMLElement[]): void {
  const place = way.find(({ isConnected }) => isConnected)
  if (!place) return
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1
  place.focus({ preventScroll: true })
}
