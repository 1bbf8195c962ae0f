interface Props {
  value: number
  limit: number
  /** Where it gets near, marked on the bar. */
  mark?: number
  /** It is a part of a whole, which is never too much. */
  plain?: boolean
}

/** How much of a limit is taken: calm, amber from four fifths on, red when it is reached. Words beside it say the same. */
export function UsageBar({ value, limit, mark, plain = false }: Props) {
  const part = limit > 0 ? Math.min(1, value / limit) : 0
  const tone = plain ? 'bg-soft' : value >= limit ? 'bg-bad' : part >= 0.8 ? 'bg-warn' : 'bg-accent'
  return (
    <div aria-hidden="true" className="relative h-2 rounded-full bg-sunk inset-ring inset-ring-line">
      <div
        className={`h-full rounded-full ${value ? 'min-w-1' : ''} ${tone}`}
        style={{ width: `${(part * 100).toFixed(2)}%` }}
      />
      {mark ? <div className="absolute -inset-y-1 w-0.5 bg-ink" style={{ left: `${mark * 100}%` }} /> : null}
    </div>
  )
}
