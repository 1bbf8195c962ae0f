'use client'

import { useState } from 'react'
import type { BalanceRange } from '#lib/contract/console-account.ts'
import type { Environment } from '#lib/contract/environment.ts'
import { Button } from '../../ui/button.tsx'
import { ChipChoice } from '../../ui/chip.tsx'
import { Late } from '../../ui/late.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Card } from '../card.tsx'
import { consoleClient } from '../console-client.ts'
import { LoadError } from '../load-error.tsx'
import { useData } from '../use-data.ts'
import { BalanceTable } from './balance-table.tsx'

const loadChart = () => import('./balance-chart.tsx')

const ranges: readonly { value: BalanceRange; label: string }[] = [
  { value: 'day', label: '24 hours' },
  { value: 'month', label: '30 days' },
]

interface Props {
  environment: Environment
  /** Changes with the balance: then it is read anew. */
  state: string
}

/** The balance over time, as a chart or as a table. */
export function BalanceOverTime({ environment, state }: Props) {
  const [range, choose] = useState<BalanceRange>('month')
  const [table, setTable] = useState(false)
  const read = useData(() => consoleClient.account.balance(environment, range), [environment, range, state])
  const { data } = read

  return (
    <Card
      title="Over time"
      note={`The balance at the end of each ${data?.step ?? 'day'} (UTC), and what was reserved beside it. The last point is now.`}
      actions={
        <div className="flex flex-wrap items-center gap-2.5">
          <ChipChoice label="Range" name="balance-range" choices={ranges} selected={range} onSelect={choose} />
          <Button look="small" onClick={() => setTable(!table)}>
            {table ? 'Show as chart' : 'Show as table'}
          </Button>
        </div>
      }
    >
      {read.error && !data ? (
        <LoadError error={read.error} onRetry={read.reload} />
      ) : !data ? (
        <Skeleton label="Reading the balance" height="h-[240px]" />
      ) : table ? (
        <BalanceTable of={data} />
      ) : (
        <Late load={loadChart} waiting={<Skeleton label="Loading the chart" height="h-[240px]" />}>
          {({ BalanceChart }) => <BalanceChart of={data} />}
        </Late>
      )}
    </Card>
  )
}
