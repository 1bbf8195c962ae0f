'use client'

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

interface MenuProps {
  label: string
  /** Follows the label in the accessible name, where several menus have the same label. */
  of?: string
  items: readonly { id: string; label: string; note?: string; icon?: ReactNode }[]
  look?: 'quiet' | 'small' | 'dashed'
  /** The edge of the button that the list keeps to. */
  align?: 'left' | 'right'
  onPick: (id: string) => void
}

/**
 * A button with a menu: arrows, Home and End move, Enter and Space pick, Escape and Tab close. Focus goes back to the
 * button.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function Menu({ label, of, items, look = 'quiet', align = 'left', onPick }: MenuProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!open) return
    list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])

  function close() {
    setOpen(false)
    button.current?.focus()
  }

  function move(event: KeyboardEvent) {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const at = entries.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      entries.at(to % entries.length)?.focus()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      close()
    } else if (event.key === 'Tab') setOpen(false)
  }

  return (
    <div ref={root} className="relative">
      <Button
        look={look}
        ref={button}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {label}
        {of ? <span className="sr-only"> {of}</span> : null}
        <Icon name="chevron" className={`size-3.5 transition-transform ${open ? 'rotate-180' : ''}`} />
      </Button>
      {open ? (
        <div
          ref={list}
          id={id}
          role="menu"
          tabIndex={-1}
          aria-label={of ? `${label} ${of}` : label}
          onKeyDown={move}
          className={`absolute top-full ${align === 'left' ? 'left-0' : 'right-0'} z-10 mt-1 max-h-96 min-w-52 overflow-y-auto rounded-xl border border-line-strong bg-card p-1 shadow-lg`}
        >
          {items.map((item) => (
            <button
              type="button"
              key={item.id}
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close()
                onPick(item.id)
              }}
              className="flex w-full cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-2 text-left font-medium text-[14px] hover:bg-sunk focus-visible:bg-sunk focus-visible:-outline-offset-2"
            >
              {item.icon}
              {item.note ? (
                <span>
                  {item.label} <span className="block font-normal text-[12.5px] text-soft">{item.note}</span>
                </span>
              ) : (
                item.label
              )}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}
