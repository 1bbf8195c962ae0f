'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/** A link to one of the product's parts, marked while one is in it. */
export function HeaderLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      aria-current={usePathname().startsWith(href) ? 'page' : undefined}
      className="rounded-lg px-3 py-1.5 font-medium text-soft hover:text-ink aria-[current=page]:inset-ring aria-[current=page]:inset-ring-line aria-[current=page]:bg-sunk aria-[current=page]:text-ink"
    >
      {children}
    </a>
  )
}
