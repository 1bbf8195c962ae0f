'use client'

import { Area, AreaChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import type { BalanceOverTime } from '#lib/contract/console-account.ts'
import { dollars } from '../money.ts'
import { pointName, pointTitle } from '../usage/usage-numbers.ts'

const tick = { fill: 'var(--faint)', fontSize: 12 }

/** The balance, with what is reserved on top of it. Arrow keys walk through the points; nothing moves. Loaded with its library only where it is seen. */
export function BalanceChart({ of: { times, step, balance, reserved } }: { of: BalanceOverTime }) {
  const points = times.map((time, at) => ({ time, balance: balance[at] ?? 0, reserved: reserved[at] ?? 0 }))
  // A point is what there was at its end: it holds back to the one before.
  const area = { type: 'stepBefore', stackId: 'money', isAnimationActive: false, dot: false } as const
  return (
    <AreaChart
      responsive
      data={points}
      title={`The balance at the end of each ${step}; the arrow keys walk through them`}
      margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      style={{ width: '100%', height: 240 }}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="time"
        tickFormatter={(time: string) => pointName(time, step)}
        tick={tick}
        tickLine={false}
        axisLine={{ stroke: 'var(--line-strong)' }}
        minTickGap={24}
        interval="equidistantPreserveStart"
        height={26}
      />
      <YAxis tickFormatter={dollars} tick={tick} tickLine={false} axisLine={false} width="auto" />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--line-strong)' }}
        content={({ active, payload }) => {
          const point = payload[0]?.payload as (typeof points)[number] | undefined
          return active && point ? (
            <div
              role="status"
              className="min-w-44 rounded-xl border border-line-strong bg-card px-3.5 py-2.5 text-[13px] shadow-lift"
            >
              <p className="font-semibold">{pointTitle(point.time, step)}</p>
              <p className="tabular-nums">Balance {dollars(point.balance)}</p>
              <p className="text-soft tabular-nums">Reserved {dollars(point.reserved)}</p>
            </div>
          ) : null
        }}
      />
      <Area
        {...area}
        dataKey="balance"
        name="Balance"
        stroke="var(--accent)"
        strokeWidth={2}
        fill="var(--accent-wash)"
      />
      <Area
        {...area}
        dataKey="reserved"
        name="Reserved"
        stroke="var(--faint)"
        strokeDasharray="4 3"
        fill="var(--sunk)"
      />
    </AreaChart>
  )
}
