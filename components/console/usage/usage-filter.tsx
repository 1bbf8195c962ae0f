'use client'

import { ChipChoice } from '../../ui/chip.tsx'
import type { ChangeQuery } from '../../ui/use-query.ts'
import { DayFields } from '../days/day-fields.tsx'
import { daysOf, type RangeName, ranges, type UsageView } from './usage-range.ts'

const choices = [
  ...Object.entries(ranges).map(([value, label]) => ({ value, label })),
  { value: 'custom', label: 'Custom' },
]

interface Props {
  view: UsageView
  /** The range that is shown, where the address says none. */
  fitting: RangeName | undefined
  mistake: string | undefined
  onChange: ChangeQuery
}

/** Since when. */
export function UsageFilter({ view, fitting, mistake, onChange }: Props) {
  const { range } = view

  function choose(chosen: string) {
    if (chosen === 'custom') onChange({ range: '', ...daysOf(view, Date.now()) })
    else onChange({ range: chosen, from: '', to: '' })
  }

  return (
    <section aria-label="Filter" className="flex flex-wrap items-center gap-x-6 gap-y-3">
      <ChipChoice
        label="Range"
        name="range"
        choices={choices}
        selected={range === 'fit' ? fitting : range}
        onSelect={choose}
      />
      {range === 'custom' ? (
        <div className="w-full">
          <div className="grid grid-cols-2 gap-2.5 sm:max-w-96">
            <DayFields
              id="usage"
              from={view.from}
              to={view.to}
              zone="UTC"
              wrong={mistake !== undefined}
              onChange={onChange}
            />
          </div>
          <p aria-live="polite" className="mt-1.5 text-[13px] text-bad empty:hidden">
            {mistake}
          </p>
        </div>
      ) : null}
    </section>
  )
}
