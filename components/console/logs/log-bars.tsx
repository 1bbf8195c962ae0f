import type { LogFigures } from '#lib/contract/logs.ts'
import { requestsWords, utcOf } from './log-words.ts'

/** Requests over time, those that were refused in red below; with words for who cannot see it. */
export function LogBars({ figures, now }: { figures: LogFigures; now: number }) {
  const { steps, stepMilliseconds, requests, refused } = figures
  const from = Date.parse(figures.from)
  const most = Math.max(1, ...steps.map((step) => step.requests))
  const at = (step: number) => new Date(from + step * stepMilliseconds).toISOString()
  const marks = [0, 1, 2, 3].map((quarter) => utcOf(at((steps.length * quarter) / 4), now).slice(0, -3))
  return (
    <figure
      aria-label={`${requestsWords(requests)} over time, ${refused.toLocaleString('en')} of them refused`}
      className="border-line border-b px-4 pt-4 pb-2 sm:px-5"
    >
      <div aria-hidden="true" className="flex h-14 items-end gap-px sm:gap-1">
        {steps.map((step, number) => (
          <div
            key={at(number)}
            title={`${utcOf(at(number), now)} UTC: ${requestsWords(step.requests)}, ${step.refused} refused`}
            className="flex h-full flex-1 flex-col justify-end"
          >
            <div
              className={`flex flex-col justify-end overflow-hidden rounded-t-[3px] ${step.requests ? 'min-h-0.5 bg-line-strong' : ''}`}
              style={{ height: `${((100 * step.requests) / most).toFixed(1)}%` }}
            >
              {step.refused ? (
                <div
                  className="min-h-1 shrink-0 bg-bad"
                  style={{ height: `${((100 * step.refused) / Math.max(1, step.requests)).toFixed(1)}%` }}
                />
              ) : null}
            </div>
          </div>
        ))}
      </div>
      <div aria-hidden="true" className="mt-1.5 flex justify-between text-[12.5px] text-soft tabular-nums">
        {marks.map((mark) => (
          <span key={mark}>{mark}</span>
        ))}
        <span>now</span>
      </div>
    </figure>
  )
}
