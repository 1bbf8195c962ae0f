'use client'

import Link from 'next/link'
import type { HomeView } from '#lib/contract/console-home.ts'
import { smallLink } from '../../ui/button.tsx'
import { Time } from '../../ui/time.tsx'
import { Card } from '../card.tsx'
import { inEnvironment } from '../frame/pages.ts'
import { useEnvironment } from '../frame/use-environment.ts'

/** Who came last, and what holds their first passkey. */
export function NewestUsers({ view: { newestUsers, users } }: { view: HomeView }) {
  const environment = useEnvironment()
  return (
    <Card
      title="Newest users"
      actions={
        users ? (
          <Link
            href={inEnvironment('/console/users', environment)}
            prefetch={false}
            className="font-medium text-[13px] text-accent hover:underline"
          >
            All {users.toLocaleString('en')}
          </Link>
        ) : null
      }
    >
      {newestUsers.length ? (
        <ul aria-label="Newest users" className="-my-1.5 divide-y divide-line text-[14px]">
          {newestUsers.map(({ id, username, createdAt, provider, synced }) => (
            <li key={id} className="flex items-center gap-3 py-1.5">
              <span
                aria-hidden="true"
                className="grid size-7 shrink-0 place-items-center rounded-full bg-sunk font-medium text-[12.5px] text-soft"
              >
                {username.charAt(0)}
              </span>
              <Link
                href={inEnvironment(`/console/users/${encodeURIComponent(id)}`, environment)}
                prefetch={false}
                title={username}
                className="w-32 min-w-0 shrink-0 truncate font-mono text-[13px] hover:underline"
              >
                {username}
              </Link>
              <span className="min-w-0 flex-1 truncate text-[13.5px] text-soft">
                {[provider, synced === null ? null : synced ? 'synced' : 'device-bound'].filter(Boolean).join(' · ')}
              </span>
              <span className="text-[13px] text-soft max-sm:hidden">
                <Time iso={createdAt} />
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3 text-[14px] text-soft">
          <p>Nobody has registered a passkey yet.</p>
          <a href="/playground" className={smallLink}>
            Register one in the Playground
          </a>
        </div>
      )}
    </Card>
  )
}
