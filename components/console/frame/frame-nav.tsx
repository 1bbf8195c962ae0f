'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useId, useState } from 'react'
import type { ConsoleSession } from '#lib/contract/console.ts'
import { Icon } from '../../ui/icon.tsx'
import { consoleClient } from '../console-client.ts'
import { useData } from '../use-data.ts'
import { NavEntry } from './nav-entry.tsx'
import { groups, home, pageAt } from './pages.ts'
import { TenantCard } from './tenant-card.tsx'
import { TenantSwitch } from './tenant-switch.tsx'
import { useEnvironment } from './use-environment.ts'

/**
 * Whose Console it is and where one can go: a column beside the page; on a phone one row above it, which says where one is
 * and opens the rest.
 */
export function FrameNav({ session }: { session: ConsoleSession }) {
  const path = usePathname()
  const environment = useEnvironment()
  const [open, setOpen] = useState(false)
  const id = useId()
  const { data: counts } = useData(() => consoleClient.frame(environment), [environment, path], {
    every: 60_000,
    keep: `frame ${environment}`,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is the occasion
  useEffect(() => setOpen(false), [path])

  const here = { current: pageAt(path)?.href, environment, counts }

  return (
    <nav
      aria-label="Console"
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false)
      }}
      className="max-lg:rounded-card max-lg:border max-lg:border-line max-lg:bg-card"
    >
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex w-full cursor-pointer items-center gap-3 rounded-card px-3 py-2.5 text-left lg:hidden"
      >
        <TenantCard session={session} where={pageAt(path)?.label} />
        <Icon name="chevron" className={`size-4 transition-transform ${open ? 'rotate-180' : ''}`} />
      </button>
      <div className="mb-3 flex items-center gap-3 rounded-card border border-line bg-card p-2.5 shadow-lift max-lg:hidden">
        <TenantCard session={session} />
      </div>
      <div id={id} className={open ? 'border-line p-2 max-lg:border-t' : 'max-lg:hidden'}>
        <ul>
          <NavEntry page={home} {...here} />
        </ul>
        {groups.map(({ title, pages }) => (
          <section key={title} aria-labelledby={`${id}-${title}`}>
            <h2 id={`${id}-${title}`} className="px-3 pt-2.5 pb-1 font-semibold text-[12.5px] text-faint">
              {title}
            </h2>
            <ul className="max-lg:grid max-lg:grid-cols-2">
              {pages.map((page) => (
                <NavEntry key={page.href} page={page} {...here} />
              ))}
            </ul>
          </section>
        ))}
        <TenantSwitch tenantId={session.tenant.id} />
      </div>
    </nav>
  )
}
