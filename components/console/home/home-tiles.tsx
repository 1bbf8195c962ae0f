'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import type { HomeFigures, HomeView } from '#lib/contract/console-home.ts'
import { inEnvironment } from '../frame/pages.ts'
import { useEnvironment } from '../frame/use-environment.ts'
import { reasonWithin } from '../reason-words.ts'
import { changeWords, firstReason, logsPath, percent } from './home-words.ts'
import { Line } from './line.tsx'

/** The four figures of the range, each beside the time before. */
export function HomeTiles({ view }: { view: HomeView }) {
  const environment = useEnvironment()
  const { signIns, registrations, medianMilliseconds, times, at } = view
  const first = firstReason(view)
  const points = (signIns.finished || signIns.was.finished) && rate(signIns.was.accepted, signIns.was.finished)
  const now = rate(signIns.accepted, signIns.finished)
  const change = now === undefined || typeof points !== 'number' ? undefined : Math.round((now - points) * 10) / 10
  return (
    <section
      aria-label="Figures"
      className="grid grid-cols-2 overflow-hidden rounded-card border border-line bg-line shadow-lift gap-px xl:grid-cols-4"
    >
      <Tile
        name="Sign-ins"
        value={signIns.accepted.toLocaleString('en')}
        line={<Small of={signIns} times={times} at={at} />}
      >
        <Change of={signIns} />
      </Tile>
      <Tile
        name="Registrations"
        value={registrations.accepted.toLocaleString('en')}
        line={<Small of={registrations} times={times} at={at} />}
      >
        <Change of={registrations} />
      </Tile>
      <Tile name="Success rate" value={percent(signIns.accepted, signIns.finished)}>
        {change ? (
          <>
            <span className={change < 0 ? 'text-bad' : ''}>
              {change < 0 ? '↓' : '↑'} {Math.abs(change)}
            </span>{' '}
            points
            {first ? '; ' : ''}
          </>
        ) : signIns.finished && !first ? (
          'none refused'
        ) : null}
        {first ? (
          <>
            first:{' '}
            <Link
              href={inEnvironment(logsPath(view.range, first), environment)}
              prefetch={false}
              className="font-medium text-accent hover:underline"
            >
              {reasonWithin(first)}
            </Link>
          </>
        ) : null}
      </Tile>
      <Tile name="Median answer" value={medianMilliseconds === null ? '–' : `${Math.round(medianMilliseconds)} ms`}>
        the server’s part of a sign-in
      </Tile>
    </section>
  )
}

function Tile({ name, value, line, children }: { name: string; value: string; line?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-start gap-3 bg-card px-4 py-3.5">
      <div className="min-w-0 flex-1">
        <p className="text-[13px] text-soft">{name}</p>
        <p className="font-semibold text-[26px] leading-8 tracking-tight tabular-nums">{value}</p>
        <p className="min-h-5 text-[12.5px] text-soft leading-5">{children}</p>
      </div>
      {line}
    </div>
  )
}

function Change({ of: { accepted, was } }: { of: HomeFigures }) {
  const change = changeWords(accepted, was.accepted)
  return change ? `${change.arrow} ${change.words}` : 'none before'
}

/** The course of a figure, so small that it is decoration: the chart and the words say it. */
function Small({ of: { ok, was }, times, at }: { of: HomeFigures; times: readonly string[]; at: string }) {
  const begun = times.filter((time) => time <= at).length
  const top = Math.max(1, ...ok, ...was.ok)
  return (
    <svg aria-hidden="true" viewBox="0 0 96 32" className="mt-1.5 h-8 w-24 shrink-0 max-sm:hidden">
      <Line counts={was.ok} slots={times.length} top={top} width={96} height={32} className="stroke-faint" dashed />
      <Line
        counts={ok.slice(0, begun)}
        slots={times.length}
        top={top}
        width={96}
        height={32}
        className="stroke-accent"
      />
    </svg>
  )
}

function rate(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : (part / whole) * 100
}
