'use client'

import { dayOf, sparklineWords } from './sparkline-words.ts'

interface Props {
  days: readonly number[]
  /** With the days' names below, and each day's figure on hover. */
  large?: boolean
}

/** Requests of the last days as bars, and in words for those who do not see them. A day without any is a dash. */
export function Sparkline({ days, large = false }: Props) {
  const today = new Date()
  const most = Math.max(...days, 1)
  const height = large ? 72 : 28
  const step = large ? 20 : 8
  return (
    <figure className={large ? 'w-full max-w-xl' : ''}>
      <svg
        role="img"
        aria-label={sparklineWords(days, today)}
        viewBox={`0 0 ${days.length * step} ${height}`}
        preserveAspectRatio="none"
        className={large ? 'h-18 w-full' : 'h-7 w-28'}
      >
        {days.map((requests, index) => {
          const tall = requests === 0 ? 1.5 : Math.max(3, (requests / most) * height)
          const name = dayOf(today, days.length - 1 - index)
          return (
            <rect
              key={name}
              x={index * step + 1}
              y={height - tall}
              width={step - 2}
              height={tall}
              rx={requests === 0 ? 0 : 1}
              className={requests === 0 ? 'fill-line-strong' : 'fill-soft'}
            >
              {large ? <title>{`${name}: ${requests.toLocaleString('en')}`}</title> : null}
            </rect>
          )
        })}
      </svg>
      {large ? (
        <figcaption className="mt-1.5 text-[13px]">
          <span aria-hidden="true" className="flex justify-between gap-4 text-faint">
            <span>{dayOf(today, days.length - 1)}</span>
            <span>today</span>
          </span>
          <span aria-hidden="true">{sparklineWords(days, today)}</span>
        </figcaption>
      ) : null}
    </figure>
  )
}
