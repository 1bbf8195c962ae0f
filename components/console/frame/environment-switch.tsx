'use client'

import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { sameIn } from './pages.ts'
import { useEnvironment } from './use-environment.ts'

const choices = [
  { value: 'test', label: 'Test', look: 'aria-[current=page]:bg-warn-wash aria-[current=page]:text-warn' },
  { value: 'live', label: 'Live', look: 'aria-[current=page]:bg-bad-wash aria-[current=page]:text-bad' },
] as const

/** Which of a tenant's two worlds the Console shows. The choice is in the address, so that it can be shared. */
export function EnvironmentSwitch() {
  const [path, search, shown] = [usePathname(), useSearchParams(), useEnvironment()]
  return (
    <nav
      aria-label="Environment"
      className="inline-flex shrink-0 rounded-field border border-line-strong bg-card p-0.5"
    >
      {choices.map(({ value, label, look }) => (
        <Link
          key={value}
          href={sameIn(value, path, new URLSearchParams(search))}
          prefetch={false}
          aria-current={shown === value ? 'page' : undefined}
          className={`rounded-lg px-3 py-1.5 font-semibold text-[13px] text-soft leading-5 transition-colors hover:text-ink ${look}`}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
