import type { QuotaView } from '#lib/contract/console.ts'
import { Time } from '../../ui/time.tsx'
import { Card } from '../card.tsx'
import { UsageBar } from './usage-bar.tsx'
import { number, share } from './usage-numbers.ts'

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** The quota of this month, both environments together: what is used, what is left, when it begins anew. */
export function UsageQuota({ quota }: { quota: QuotaView }) {
  const { limit, used, resetsAt, notice } = quota
  const anew = (
    <>
      The count begins anew on {date.format(Date.parse(resetsAt))}, 00:00 UTC (<Time iso={resetsAt} />
      ).
    </>
  )
  if (limit === null)
    return (
      <Card title="This month" note={anew}>
        <p>
          <strong className="font-semibold tabular-nums">{number(used)}</strong> requests, test and live together. This
          tenant has no quota; the operator of this server may set one.
        </p>
      </Card>
    )
  const said = `${number(used)} of ${number(limit)} requests, ${share(used, limit)}`
  const tone = notice === '100' ? 'text-bad' : notice === '80' ? 'text-warn' : 'text-soft'
  return (
    <Card title="Quota of this month" note={<>Test and live together. {anew}</>}>
      <div className="mb-2.5 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
        <p className="tabular-nums">
          <strong className="font-semibold text-[19px]">{number(used)}</strong>
          <span className="text-soft"> of {number(limit)} requests used</span>
        </p>
        <p className={`font-medium text-[13px] ${tone}`}>
          {share(used, limit)}, {leftOf(used, limit)}
        </p>
      </div>
      <meter
        aria-label="Quota of this month"
        max={limit}
        value={Math.min(used, limit)}
        aria-valuetext={said}
        className="sr-only"
      />
      <UsageBar value={used} limit={limit} mark={0.8} />
      <p className="relative mt-2 h-5 text-[13px] text-faint">
        <span className="absolute left-[80%] -translate-x-1/2 whitespace-nowrap">80 % notice</span>
      </p>
    </Card>
  )
}

function leftOf(used: number, limit: number): string {
  if (used > limit) return `${number(used - limit)} over`
  return used < limit ? `${number(limit - used)} left` : 'none left'
}
