'use client'

import { useState } from 'react'
import type { ConsoleUsageQuery } from '#lib/contract/console.ts'
import type { UsageGroup } from '#lib/contract/usage.ts'
import { exportPath } from '#lib/sdk/console.ts'
import { Select } from '../../ui/select.tsx'
import { useTenantId } from '../role.tsx'

const groups: readonly { value: UsageGroup; label: string }[] = [
  { value: 'day', label: 'A row a day' },
  { value: 'hour', label: 'A row an hour' },
  { value: 'key', label: 'A row a key' },
  { value: 'operation', label: 'A row an operation' },
]

/** The figures of this view as a file. */
export function UsageExport({ query }: { query: Required<ConsoleUsageQuery> }) {
  const tenantId = useTenantId()
  const [groupBy, group] = useState<UsageGroup>('day')
  return (
    <>
      <Select
        id="usage-group"
        label="Rows of the CSV file"
        quietLabel
        value={groupBy}
        choices={groups}
        onChoose={(chosen) => group(chosen as UsageGroup)}
        className="max-sm:min-w-0 max-sm:flex-1 sm:w-46"
      />
      <a
        href={exportPath(tenantId, 'usage.csv', { ...query, groupBy })}
        download
        suppressHydrationWarning
        className="inline-flex items-center rounded-field border border-line-strong bg-card px-4 py-[10px] font-semibold text-[15px] leading-5 transition-colors hover:bg-sunk"
      >
        Download CSV
      </a>
    </>
  )
}
