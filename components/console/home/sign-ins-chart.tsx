'use client'

import type { HomeView } from '#lib/contract/console-home.ts'
import { Card } from '../card.tsx'
import { beforeWords, pointWords, ranges } from './home-words.ts'
import { Line, pathOf } from './line.tsx'

const [width, height] = [720, 190]

/** Sign-ins over the range beside the time before, and the refused ones as bars. */
export function SignInsChart({ view }: { view: HomeView }) {
  const { signIns, times, step, at, range } = view
  const begun = times.filter((time) => time <= at).length
  const now = signIns.ok.slice(0, begun)
  const top = roundUp(Math.max(4, ...signIns.ok, ...signIns.was.ok, ...signIns.failed))
  const stepWidth = width / Math.max(1, times.length - 1)
  const worst = signIns.failed.indexOf(Math.max(...signIns.failed))
  const refused = signIns.failed[worst] ?? 0
  const marks = times.filter(
    (_, point) => point % Math.max(1, Math.ceil(times.length / (step === 'hour' ? 6 : 4))) === 0,
  )
  const title = step === 'hour' ? 'Sign-ins by hour' : 'Sign-ins by day'
  return (
    <Card
      title={title}
      actions={
        <ul aria-hidden="true" className="flex flex-wrap gap-x-4 gap-y-1 text-[13px] text-soft">
          <Legend look="h-0.5 w-4 bg-accent">{range === 'today' ? 'today' : ranges[range]}</Legend>
          <Legend look="w-4 border-faint border-t-[1.5px] border-dashed">{beforeWords(view)}</Legend>
          <Legend look="size-2.5 rounded-[3px] bg-bad">refused</Legend>
        </ul>
      }
    >
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2 text-[12px] text-faint tabular-nums">
        <div aria-hidden="true" className="flex flex-col justify-between text-right leading-none">
          <span>{top}</span>
          <span>{top / 2}</span>
          <span>0</span>
        </div>
        <div className="relative h-48">
          <svg
            role="img"
            aria-label={said(view, title)}
            viewBox={`0 0 ${width} ${height}`}
            preserveAspectRatio="none"
            className="h-full w-full overflow-visible"
          >
            {[0, 0.5, 1].map((line) => (
              <path
                key={line}
                d={`M0 ${1 + (height - 2) * line}H${width}`}
                className="stroke-line"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            {now.length > 1 ? (
              <path
                d={`${pathOf({ counts: now, slots: times.length, top, width, height })}V${height}H0Z`}
                className="fill-accent opacity-8"
              />
            ) : null}
            <Line
              counts={signIns.was.ok}
              slots={times.length}
              {...{ top, width, height }}
              className="stroke-faint"
              dashed
            />
            <Line counts={now} slots={times.length} {...{ top, width, height }} className="stroke-accent" />
            {signIns.failed.map((count, point) =>
              count ? (
                <rect
                  key={times[point]}
                  x={Math.min(width - 8, Math.max(0, point * stepWidth - 4))}
                  width={8}
                  y={height - Math.max(3, (count / top) * (height - 2))}
                  height={Math.max(3, (count / top) * (height - 2))}
                  className="fill-bad"
                />
              ) : null,
            )}
          </svg>
          {refused ? (
            <p
              aria-hidden="true"
              className={`absolute whitespace-nowrap text-[12px] text-bad ${worst > times.length / 2 ? '-translate-x-full pr-2' : 'pl-2'}`}
              style={{
                left: `${(worst / Math.max(1, times.length - 1)) * 100}%`,
                bottom: `${Math.min(80, (refused / top) * 100)}%`,
              }}
            >
              {refused.toLocaleString('en')} refused
            </p>
          ) : null}
        </div>
        <span />
        <div aria-hidden="true" className="relative mt-1.5 h-4 leading-4">
          {marks.map((time) => {
            const at = times.indexOf(time) / Math.max(1, times.length - 1)
            // The first and the last stay within the picture.
            const moved = at === 0 ? '' : at > 0.9 ? '-translate-x-full' : '-translate-x-1/2'
            return (
              <span key={time} className={`absolute whitespace-nowrap ${moved}`} style={{ left: `${at * 100}%` }}>
                {pointWords(time, step)}
              </span>
            )
          })}
        </div>
      </div>
    </Card>
  )
}

function Legend({ look, children }: { look: string; children: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span className={look} />
      {children}
    </li>
  )
}

/** The chart in words. */
function said({ signIns, times, step }: HomeView, title: string): string {
  const most = signIns.ok.indexOf(Math.max(...signIns.ok))
  const peak = signIns.accepted ? `, most at ${pointWords(times[most] ?? '', step)} with ${signIns.ok[most]}` : ''
  const refused = signIns.failed.reduce((all, one) => all + one, 0)
  return `${title}: ${signIns.accepted} accepted${peak}; ${refused} refused; ${signIns.was.accepted} accepted in the time before.`
}

/** A number at the upper edge whose half is whole, too. */
function roundUp(most: number): number {
  const unit = 10 ** Math.floor(Math.log10(most))
  const steps = [1, 2, 4, 6, 8, 10].map((step) => step * unit).filter((number) => number % 2 === 0)
  return steps.find((number) => number >= most) ?? 10 * unit
}
