'use client'

import { Button } from '../../ui/button.tsx'
import { number } from './usage-numbers.ts'
import type { Series } from './usage-series.ts'
import { UsageSwatch } from './usage-texture.tsx'

interface Props {
  series: readonly Series[]
  hidden: ReadonlySet<string>
  onHide: (hidden: ReadonlySet<string>) => void
  /** The series that is pointed at, or has the focus. */
  onPoint: (name: string | undefined) => void
}

/** What is drawn how, and how much of it there is. Each is a switch that takes its series out of the chart. */
export function UsageLegend({ series, hidden, onHide, onPoint }: Props) {
  function toggle(name: string) {
    const next = new Set(hidden)
    if (!next.delete(name)) next.add(name)
    onHide(next)
  }
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-1.5 gap-y-1.5">
      <ul aria-label="Legend" className="contents">
        {series.map(({ name, look, total }) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={!hidden.has(name)}
              onClick={() => toggle(name)}
              onPointerEnter={() => onPoint(name)}
              onPointerLeave={() => onPoint(undefined)}
              onFocus={() => onPoint(name)}
              onBlur={() => onPoint(undefined)}
              className="group flex min-h-7 cursor-pointer items-center gap-2 rounded-lg border border-line px-2.5 py-0.5 text-[13px] transition-colors hover:border-faint aria-[pressed=false]:border-dashed"
            >
              <span className="group-aria-[pressed=false]:opacity-25">
                <UsageSwatch look={look} />
              </span>
              <span className="font-mono text-[12.5px] group-aria-[pressed=false]:text-faint group-aria-[pressed=false]:line-through">
                {name}
              </span>
              <span className="text-soft tabular-nums">{number(total)}</span>
            </button>
          </li>
        ))}
      </ul>
      {hidden.size ? (
        <Button look="quiet" className="ml-1" onClick={() => onHide(new Set())}>
          Show all
        </Button>
      ) : null}
    </div>
  )
}
