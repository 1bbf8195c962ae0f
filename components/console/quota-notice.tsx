'use client'

import { Notice } from '../ui/notice.tsx'
import { consoleClient } from './console-client.ts'
import { useData } from './use-data.ts'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** Says when the month's quota is nearly, or wholly, used up. Nothing before 80 %. */
export function QuotaNotice() {
  const { data } = useData(() => consoleClient.quota(), [], { every: 60_000 })
  if (!data?.notice || data.limit === null) return null
  const { limit, used, resetsAt, notice } = data
  const count = `${used.toLocaleString('en')} of ${limit.toLocaleString('en')} requests`
  const renewed = `${day.format(Date.parse(resetsAt))} (UTC)`
  return (
    <div className="mb-5">
      {notice === '100' ? (
        <Notice tone="bad" title="This month’s quota is used up">
          {count}. Ask the operator of this server to raise the quota; otherwise it begins anew on {renewed}.
        </Notice>
      ) : (
        <Notice tone="warn" title={`${Math.floor((used / limit) * 100)} % of this month’s quota is used`}>
          {count}. If that will not last until {renewed}, ask the operator of this server to raise the quota.
        </Notice>
      )}
    </div>
  )
}
