import { type Counted, counted, number, pointTitle } from './usage-numbers.ts'
import type { Series } from './usage-series.ts'
import { UsageSwatch } from './usage-texture.tsx'

interface Props {
  time: string
  step: 'hour' | 'day'
  at: number
  series: readonly Series[]
  of: Counted
}

/** The numbers of one point in time, in the order in which they are stacked; read out when the arrow keys come to it. */
export function UsageTooltip({ time, step, at, series, of }: Props) {
  const there = series.filter(({ requests }) => requests[at])
  const total = there.reduce((sum, { requests }) => sum + (requests[at] ?? 0), 0)
  return (
    <div
      role="status"
      className="min-w-44 max-w-72 rounded-xl border border-line-strong bg-card px-3.5 py-2.5 text-[13px] shadow-lift"
    >
      <p className="font-semibold">{pointTitle(time, step)}</p>
      <p className="text-soft tabular-nums">{counted(total, of)}</p>
      {there.length ? (
        <ul className="mt-1.5 space-y-0.5 border-line border-t pt-1.5">
          {there.toReversed().map(({ name, look, requests }) => (
            <li key={name} className="flex items-center gap-2">
              <UsageSwatch look={look} />
              <span className="min-w-0 flex-1 truncate font-mono text-[12.5px]">{name}</span>
              <span className="tabular-nums">{number(requests[at] ?? 0)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
