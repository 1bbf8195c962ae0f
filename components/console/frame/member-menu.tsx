'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useId, useRef, useState } from 'react'
import type { ConsoleSession } from '#lib/contract/console.ts'
import { inEnvironment } from './pages.ts'
import { SignOut } from './sign-out.tsx'
import { useEnvironment } from './use-environment.ts'

const entry = 'block rounded-lg px-2.5 py-2 font-medium text-[14px] hover:bg-sunk'

/** Who is signed in, and what is theirs alone. Escape and a press elsewhere close it. */
export function MemberMenu({ session: { member, tenant } }: { session: ConsoleSession }) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const environment = useEnvironment()
  const path = usePathname()

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is the occasion
  useEffect(() => setOpen(false), [path])
  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what is open inside
    <div
      ref={root}
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        setOpen(false)
        button.current?.focus()
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <button
        type="button"
        ref={button}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className="grid size-9 cursor-pointer place-items-center rounded-full border border-line bg-sunk font-semibold text-[12.5px] text-soft transition-colors hover:border-line-strong hover:text-ink"
      >
        <span aria-hidden="true">{initialsOf(member.name)}</span>
        <span className="sr-only">Signed in as {member.name}</span>
      </button>
      {open ? (
        <section
          id={id}
          aria-label="Signed in"
          className="absolute top-full right-0 z-20 mt-1.5 w-64 rounded-xl border border-line-strong bg-card p-1.5 shadow-lg"
        >
          <div className="border-line border-b px-2.5 pt-1.5 pb-2.5">
            <p className="font-semibold wrap-anywhere">{member.name}</p>
            <p className="text-[13px] text-soft wrap-anywhere">{tenant.name}</p>
          </div>
          <div className="py-1">
            <Link href={inEnvironment('/console/me', environment)} prefetch={false} className={entry}>
              Your passkeys and sessions
            </Link>
            <a href="/playground" className={`${entry} sm:hidden`}>
              Playground
            </a>
            <a href="/docs" className={`${entry} sm:hidden`}>
              Docs
            </a>
          </div>
          <div className="border-line border-t px-2.5 pt-2.5 pb-1.5">
            <SignOut />
          </div>
        </section>
      ) : null}
    </div>
  )
}

/** The first letters of the first and the last word of a name. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = (word = '') => [...word][0] ?? ''
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : '')).toUpperCase()
}
