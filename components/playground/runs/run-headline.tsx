import { Button } from '../../ui/button.tsx'
import type { RunRecord } from '../state.ts'
import { runKind } from './run-kind.ts'
import { outcomeOf } from './run-outcome.ts'
import { ExampleBadge, Outcome } from './run-row.tsx'
import { clockTime, tookOf } from './run-times.ts'

interface Props {
  record: RunRecord
  /** Leads to the latest, where another than that is on show. */
  onLatest: (() => void) | undefined
}

/** Which ceremony is on show, where that is not the latest of this page. */
export function RunHeadline({ record, onLatest }: Props) {
  const { number, run, of, imported, example } = record
  const facts = [
    `Run ${number}`,
    runKind(record),
    of.username,
    of.tenantName,
    clockTime(run.startedAt),
    run.took === undefined ? undefined : tookOf(run.took),
    example && 'an example that this page made',
    imported
      ? ['imported', imported.server && `from ${imported.server}`].filter(Boolean).join(' ')
      : of.apiKey === undefined && !example && 'from before the page was loaded',
  ]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b px-4 py-3 sm:px-5">
      <div className="flex min-w-0 flex-1 basis-60 flex-wrap items-baseline gap-x-3">
        <span className="font-semibold">
          <Outcome {...outcomeOf(run)} />
        </span>
        {example ? <ExampleBadge /> : null}
        <span className="text-[13px] text-soft wrap-anywhere">{facts.filter(Boolean).join(' · ')}</span>
      </div>
      {onLatest ? (
        <Button look="small" onClick={onLatest}>
          Back to the latest
        </Button>
      ) : null}
    </div>
  )
}
