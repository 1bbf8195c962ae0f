'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'

const pages = [
  { href: '/console/keys', label: 'Keys' },
  { href: '/console/usage', label: 'Usage' },
  { href: '/console/audit', label: 'Audit' },
  { href: '/console/members', label: 'Members' },
  { href: '/console/relying-party', label: 'Relying party' },
  { href: '/console/branding', label: 'Branding' },
] as const

/** The Console's pages: a column beside the page, two short rows above it on a phone. */
export function FrameNav() {
  const path = usePathname()
  return (
    <nav aria-label="Console">
      <ul className="grid grid-cols-3 gap-1 rounded-xl border border-line bg-card p-1 sm:grid-cols-6 lg:grid-cols-1 lg:gap-0.5 lg:border-0 lg:bg-transparent lg:p-0">
        {pages.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              prefetch={false}
              aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}
              className="block truncate rounded-lg px-2 py-2 text-center font-medium text-[14px] text-soft leading-5 transition-colors hover:text-ink aria-[current=page]:bg-sunk aria-[current=page]:text-ink lg:px-3 lg:text-left lg:aria-[current=page]:bg-card lg:aria-[current=page]:shadow-lift"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
