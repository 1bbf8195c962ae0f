'use client'

import { useId } from 'react'
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import type { ConsoleUsage } from '#lib/contract/console.ts'
import { type Counted, capital, number, pointName, requests } from './usage-numbers.ts'
import type { Series } from './usage-series.ts'
import { UsageTexture } from './usage-texture.tsx'
import { UsageTooltip } from './usage-tooltip.tsx'

interface Props {
  times: ConsoleUsage['times']
  step: ConsoleUsage['step']
  /** What is drawn, from the bottom up. */
  series: readonly Series[]
  pointed: string | undefined
  of?: Counted
}

const tick = { fill: 'var(--faint)', fontSize: 12 }

/** Requests over time, stacked. Arrow keys walk through the points; nothing moves. Loaded with its library only where it is seen. */
export function UsageChart({ times, step, series, pointed, of = requests }: Props) {
  const id = useId()
  const points = times.map((time, at) => ({ time, at }))
  const roomy = times.length <= 40
  return (
    <BarChart
      responsive
      data={points}
      title={`${capital(of.many)} a${step === 'hour' ? 'n hour' : ' day'}, stacked; the arrow keys walk through them`}
      barCategoryGap={roomy ? '22%' : '12%'}
      margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
      style={{ width: '100%', height: 280 }}
    >
      <defs>
        {series.map(({ name, look }, at) => (
          <UsageTexture key={name} id={`${id}-${at}`} look={look} />
        ))}
      </defs>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="time"
        tickFormatter={(time: string) => pointName(time, step)}
        tick={tick}
        tickLine={false}
        axisLine={{ stroke: 'var(--line-strong)' }}
        minTickGap={24}
        height={26}
      />
      <YAxis tickFormatter={number} tick={tick} tickLine={false} axisLine={false} allowDecimals={false} width="auto" />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--sunk)' }}
        content={({ active, payload }) => {
          const at = (payload[0]?.payload as { at: number } | undefined)?.at
          const time = at === undefined ? undefined : times[at]
          return active && at !== undefined && time ? (
            <UsageTooltip time={time} step={step} at={at} series={series} of={of} />
          ) : null
        }}
      />
      {series.map(({ name, requests: counts }, place) => (
        <Bar
          key={name}
          name={name}
          dataKey={({ at }: { at: number }) => counts[at] ?? 0}
          stackId="requests"
          fill={`url(#${id}-${place})`}
          fillOpacity={pointed === undefined || pointed === name ? 1 : 0.2}
          stroke="var(--card)"
          strokeWidth={roomy ? 1 : 0}
          maxBarSize={56}
          isAnimationActive={false}
        />
      ))}
    </BarChart>
  )
}
