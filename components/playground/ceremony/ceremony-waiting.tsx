'use client'

import { useNow } from '../../ui/use-now.ts'
import type { Lane } from '../run.ts'
import { laneNames, laneStart } from './ceremony-lanes.ts'

const asks: Readonly<Record<Lane, string>> = {
  authenticator: 'it asks the person',
  browser: 'the page is preparing the next message',
  server: 'the answer is on its way',
}

/** Who is being waited for, and for how long. */
export function CeremonyWaiting({ lane, since }: { lane: Lane; since: number }) {
  const now = useNow(100) ?? since
  return (
    <li className="relative grid grid-cols-6 py-2 text-[13px]">
      <span
        className={`col-span-full rounded-lg bg-accent-wash px-3 @max-2xl:mx-2 py-1.5 text-center @2xl:col-span-2 ${laneStart[lane]}`}
      >
        <span className="font-semibold text-accent">Waiting for the {laneNames[lane].toLowerCase()}</span>{' '}
        <span className="whitespace-nowrap font-mono text-soft tabular-nums">
          {(Math.max(0, now - since) / 1_000).toFixed(1)} s
        </span>
        <span className="block text-soft">{asks[lane]}</span>
      </span>
    </li>
  )
}
