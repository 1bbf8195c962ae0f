'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useId, useState } from 'react'
import type { ConsoleSession } from '#lib/contract/console.ts'
import { Icon, LineIcon } from '../../ui/icon.tsx'
import { consoleClient } from '../console-client.ts'
import { useData } from '../use-data.ts'
import { besides, groups, inEnvironment, pageAt } from './pages.ts'
import { TenantCard } from './tenant-card.tsx'
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
        {groups.map(({ title, pages }) => (
          <section key={title} aria-labelledby={`${id}-${title}`}>
            <h2 id={`${id}-${title}`} className="px-3 pt-2.5 pb-1 font-semibold text-[12.5px] text-faint">
              {title}
            </h2>
            <ul className="max-lg:grid max-lg:grid-cols-2">
              {pages.map(({ href, label, icon }) => {
                const beside = counts && besides(href, counts)
                return (
                  <li key={href} className="relative">
                    <Link
                      href={inEnvironment(href, environment)}
                      prefetch={false}
                      aria-current={pageAt(path)?.href === href ? 'page' : undefined}
                      className="flex items-center gap-2.5 rounded-lg px-3 py-1.5 font-medium text-[14px] text-soft leading-5 transition-colors hover:text-ink aria-[current=page]:inset-ring aria-[current=page]:inset-ring-line aria-[current=page]:bg-card aria-[current=page]:text-ink aria-[current=page]:shadow-lift max-lg:aria-[current=page]:bg-sunk"
                    >
                      <LineIcon d={icon} className="size-[15px]" />
                      {label}
                    </Link>
                    {beside ? (
                      <span
                        className={`pointer-events-none absolute top-1.5 right-3 text-[12.5px] leading-5 tabular-nums ${beside.bad ? 'font-medium text-bad' : 'text-faint'}`}
                      >
                        {beside.text}
                      </span>
                    ) : null}
                  </li>
                )
              })}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  )
}
