'use client'

import { useState } from 'react'
import type { ConsoleUsage } from '#lib/contract/console.ts'
import { Button } from '../../ui/button.tsx'
import { ChipChoice } from '../../ui/chip.tsx'
import { Late } from '../../ui/late.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Card } from '../card.tsx'
import { UsageLegend } from './usage-legend.tsx'
import { palette } from './usage-looks.ts'
import { folded, type SeriesBy, seriesBy } from './usage-series.ts'
import { UsageTable } from './usage-table.tsx'

const loadChart = () => import('./usage-chart.tsx')

/** As many series as a person can tell apart. */
const most = 7
const ways = [
  { value: 'operation', label: 'By operation' },
  { value: 'outcome', label: 'By outcome' },
] as const

/** Requests over time, by operation or by outcome, as a chart or as a table. */
export function UsageOverTime({ usage }: { usage: ConsoleUsage }) {
  const [by, setBy] = useState<SeriesBy>('operation')
  const [table, setTable] = useState(false)
  const [hidden, hide] = useState<ReadonlySet<string>>(new Set())
  const [pointed, point] = useState<string>()
  const all = seriesBy(usage, by)
  const drawn = folded(all, most)

  return (
    <Card
      title="Over time"
      note={noteOf(usage, table ? undefined : by)}
      actions={
        <div className="flex flex-wrap items-center gap-2.5">
          <ChipChoice label="Split" name="usage-by" choices={ways} selected={by} onSelect={setBy} />
          <Button look="small" onClick={() => setTable(!table)}>
            {table ? 'Show as chart' : 'Show as table'}
          </Button>
        </div>
      }
    >
      {table ? (
        <UsageTable usage={usage} series={all} />
      ) : (
        <div className={palette}>
          <UsageLegend series={drawn} hidden={hidden} onHide={hide} onPoint={point} />
          <Late load={loadChart} waiting={<Skeleton label="Loading the chart" height="h-[280px]" />}>
            {({ UsageChart }) => (
              <UsageChart
                times={usage.times}
                step={usage.step}
                series={drawn.filter(({ name }) => !hidden.has(name))}
                pointed={pointed}
              />
            )}
          </Late>
        </div>
      )}
    </Card>
  )
}

function noteOf({ step, totals }: ConsoleUsage, drawnBy: SeriesBy | undefined): string {
  const colours =
    drawnBy === 'outcome' && totals.errors
      ? ' Amber is the caller’s to mend, red was refused or failed; press “ok” to see these closely.'
      : ''
  return `Requests of each ${step} (UTC).${colours}`
}
