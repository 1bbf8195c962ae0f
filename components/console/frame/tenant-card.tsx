import type { ConsoleSession } from '#lib/contract/console.ts'
import { Monogram } from '../../playground/setup/monogram.tsx'

/** Whose Console it is. `where`: the page that one is on, where the navigation is folded. */
export function TenantCard({
  session: { tenant, branding },
  where,
}: {
  session: ConsoleSession
  where?: string | undefined
}) {
  const shown = branding?.name ?? tenant.name
  return (
    <>
      <Monogram name={shown} color={branding?.color} logoUrl={branding?.logoUrl} size="size-8 rounded-lg text-[14px]" />
      <span className="min-w-0 flex-1 leading-tight">
        <span className="flex min-w-0 items-baseline gap-1.5">
          <span className="min-w-0 truncate font-semibold text-[14.5px]" title={shown}>
            {shown}
          </span>
          {where ? <span className="shrink-0 text-[14px] text-soft">· {where}</span> : null}
        </span>
        {shown === tenant.name ? null : (
          <span className="block truncate text-[12.5px] text-soft" title={tenant.name}>
            {tenant.name}
          </span>
        )}
        <span className="block truncate font-mono text-[12px] text-faint max-lg:hidden" title={tenant.id}>
          {tenant.id}
        </span>
      </span>
    </>
  )
}
