import { exportPath } from '#lib/sdk/console.ts'
import { useTenantId } from '../role.tsx'
import type { AuditFilter } from './audit-view.ts'

const look =
  'inline-flex items-center rounded-field border border-line-strong bg-card px-4 py-[10px] font-semibold text-[15px] leading-5 transition-colors hover:bg-sunk'

/** What the filter shows, all of it, as a file. */
export function AuditExport({ filter }: { filter: AuditFilter }) {
  const tenantId = useTenantId()
  return (
    <>
      {/* The days of the filter begin at the reader's own midnight, which the server does not know. */}
      <a href={exportPath(tenantId, 'audit.csv', filter)} download suppressHydrationWarning className={look}>
        Export CSV
      </a>
      <a href={exportPath(tenantId, 'audit.json', filter)} download suppressHydrationWarning className={look}>
        Export JSON
      </a>
    </>
  )
}
