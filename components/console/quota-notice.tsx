'use client'

import type { QuotaView } from '#lib/contract/console.ts'
import { Notice } from '../ui/notice.tsx'
import { consoleClient } from './console-client.ts'
import { useData } from './use-data.ts'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/**
 * Says when the month's quota is nearly, or wholly, used up. Nothing before 80 %. It begins with what the page came with,
 * so that it does not push the page down.
 */
export function QuotaNotice({ first }: { first: QuotaView }) {
  const { data = first } = useData(() => consoleClient.quota(), [], { every: 60_000 })
  if (!data.notice || data.limit === null) return null
  const { limit, used, resetsAt, notice } = data
  const count = `${used.toLocaleString('en')} of ${limit.toLocaleString('en')} requests`
  const renewed = `${day.format(Date.parse(resetsAt))} (UTC)`
  return (
    <div className="mb-5">
      {notice === '100' ? (
        <Notice tone="bad" title="This month’s quota is used up">
          {count}. No request is refused for it. Ask the operator of this server to raise the quota; the count begins
          anew on {renewed}.
        </Notice>
      ) : (
        <Notice tone="warn" title={`${Math.floor((used / limit) * 100)} % of this month’s quota is used`}>
          {count}. If that will not last until {renewed}, ask the operator of this server to raise the quota.
        </Notice>
      )}
    </div>
  )
}
