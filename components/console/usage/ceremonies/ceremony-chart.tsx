'use client'

import { useState } from 'react'
import type { ConsoleCeremonies } from '#lib/contract/ceremony-figures.ts'
import { Button } from '../../../ui/button.tsx'
import { Late } from '../../../ui/late.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Card } from '../../card.tsx'
import { UsageLegend } from '../usage-legend.tsx'
import { palette } from '../usage-looks.ts'
import { ceremonies as counted } from '../usage-numbers.ts'
import { UsageTable } from '../usage-table.tsx'
import { ceremonySeries } from './ceremony-series.ts'

const loadChart = () => import('../usage-chart.tsx')

/** Registrations and sign-ins over time, accepted and refused, as a chart or as a table. */
export function CeremonyChart({ ceremonies }: { ceremonies: ConsoleCeremonies }) {
  const [table, setTable] = useState(false)
  const [hidden, hide] = useState<ReadonlySet<string>>(new Set())
  const [pointed, point] = useState<string>()
  const { times, step } = ceremonies
  const series = ceremonySeries(ceremonies)
  const requests = series.reduce((sum, { total }) => sum + total, 0)
  return (
    <Card
      title="Over time"
      note={`Ceremonies that were finished in each ${step} (UTC), the accepted below the refused.`}
      actions={
        <Button look="small" onClick={() => setTable(!table)}>
          {table ? 'Show as chart' : 'Show as table'}
        </Button>
      }
    >
      {table ? (
        <UsageTable usage={{ times, step, totals: { requests } }} series={series} of={counted} />
      ) : (
        <div className={palette}>
          <UsageLegend series={series} hidden={hidden} onHide={hide} onPoint={point} />
          <Late load={loadChart} waiting={<Skeleton label="Loading the chart" height="h-[280px]" />}>
            {({ UsageChart }) => (
              <UsageChart
                times={times}
                step={step}
                series={series.filter(({ name }) => !hidden.has(name))}
                pointed={pointed}
                of={counted}
              />
            )}
          </Late>
        </div>
      )}
    </Card>
  )
}
