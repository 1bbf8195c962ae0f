'use client'

import { Monogram } from '../../playground/setup/monogram.tsx'
import { ChangeError } from '../change-error.tsx'
import { consoleClient } from '../console-client.ts'
import { useChange } from '../use-change.ts'
import { useData } from '../use-data.ts'

/** The other tenants of who is signed in; nothing for a member of one. A press goes there, and begins at its Home. */
export function TenantSwitch({ tenantId }: { tenantId: string }) {
  const { data } = useData(() => consoleClient.tenants.list(), [tenantId], { keep: 'tenants' })
  const { run, busy, error } = useChange()
  const others = data?.data.filter(({ id }) => id !== tenantId) ?? []
  if (others.length === 0) return null
  return (
    <section aria-label="Your other tenants" className="mt-2 border-line border-t pt-1">
      <h2 className="px-3 pt-2 pb-1 font-semibold text-[12.5px] text-faint">Your other tenants</h2>
      <ul>
        {others.map(({ id, name, role }) => (
          <li key={id}>
            <button
              type="button"
              disabled={busy}
              onClick={() =>
                run(async (api) => {
                  await api.tenants.enter(id)
                  consoleClient.shows(id)
                  location.assign('/console')
                })
              }
              className="flex w-full cursor-pointer items-center gap-2.5 rounded-lg px-3 py-1.5 text-left font-medium text-[14px] text-soft leading-5 transition-colors hover:text-ink"
            >
              <Monogram name={name} size="size-5 rounded-md text-[11px]" />
              <span className="min-w-0 flex-1 wrap-anywhere">{name}</span>
              <span className="text-[12.5px] text-faint">{role}</span>
            </button>
          </li>
        ))}
      </ul>
      <ChangeError error={error} className="mt-2" />
    </section>
  )
}
