'use client'

import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'

const pages: readonly { href: string; label: string; environments?: true }[] = [
  { href: '/console/keys', label: 'Keys', environments: true },
  { href: '/console/oauth-clients', label: 'OAuth clients', environments: true },
  { href: '/console/webhooks', label: 'Webhooks', environments: true },
  { href: '/console/mpc-keys', label: 'MPC keys', environments: true },
  { href: '/console/skills', label: 'Skills', environments: true },
  { href: '/console/account', label: 'Account', environments: true },
  { href: '/console/usage', label: 'Usage', environments: true },
  { href: '/console/audit', label: 'Audit' },
  { href: '/console/members', label: 'Members' },
  { href: '/console/relying-party', label: 'Relying party' },
  { href: '/console/attestation', label: 'Attestation' },
  { href: '/console/branding', label: 'Branding' },
]

/**
 * The Console's pages: a column beside the page, short rows above it on a phone. Who looks at the live environment
 * goes on looking at it.
 */
export function FrameNav() {
  const path = usePathname()
  const live = useSearchParams().get('environment') === 'live'
  return (
    <nav aria-label="Console">
      <ul className="grid grid-cols-3 gap-1 rounded-xl border border-line bg-card p-1 sm:grid-cols-4 lg:grid-cols-1 lg:gap-0.5 lg:border-0 lg:bg-transparent lg:p-0">
        {pages.map(({ href, label, environments }) => (
          <li key={href}>
            <Link
              href={live && environments ? `${href}?environment=live` : href}
              prefetch={false}
              aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}
              className="block truncate rounded-lg px-1 py-2 text-center font-medium text-[14px] text-soft leading-5 transition-colors hover:text-ink aria-[current=page]:inset-ring aria-[current=page]:inset-ring-line-strong aria-[current=page]:bg-sunk aria-[current=page]:text-ink lg:px-3 lg:text-left lg:aria-[current=page]:bg-card lg:aria-[current=page]:shadow-lift"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
