import { Fragment } from 'react'
import { Badge } from '../../ui/badge.tsx'
import { Icon, LineIcon } from '../../ui/icon.tsx'
import type { RunRecord } from '../state.ts'
import { optionsInShort } from './options-in-short.ts'
import { runKind } from './run-kind.ts'
import { outcomeOf, type RunOutcome } from './run-outcome.ts'
import { clockTime, tookOf } from './run-times.ts'

interface Props {
  record: RunRecord
  opened: boolean
  /** Checked for a comparison. */
  picked: boolean
  onOpen: () => void
  onPick: () => void
}

/** One ceremony as a line, which opens it. Its words stand beside the buttons, whose names are the page's own alone. */
export function RunRow({ record, opened, picked, onOpen, onPick }: Props) {
  const { number, run, of, choices, imported, example } = record
  const outcome = outcomeOf(run)
  return (
    <li
      data-run={number}
      className={`relative grid grid-cols-[16px_auto_minmax(0,1fr)_auto] items-center gap-x-3 border-line border-b px-4 py-1.5 text-[13px] leading-5 last:border-b-0 @2xl:grid-cols-[16px_18px_56px_minmax(56px,0.55fr)_82px_minmax(0,0.75fr)_minmax(0,1.6fr)_46px] ${opened ? 'bg-accent-wash before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent' : ''}`}
    >
      <Pick number={number} picked={picked} onPick={onPick} />
      <span className="text-soft tabular-nums">{number}</span>
      <span className="text-soft tabular-nums @max-2xl:col-start-3 @max-2xl:row-start-3">
        {clockTime(run.startedAt)}
      </span>
      <span className="line-clamp-2 font-mono wrap-anywhere @max-2xl:col-start-3 @max-2xl:row-start-1 @max-2xl:max-w-[calc(100%-92px)] @max-2xl:justify-self-end">
        {of.username ?? <span className="text-soft">anyone</span>}
      </span>
      <span className="font-medium @max-2xl:col-start-3 @max-2xl:row-start-1 @max-2xl:justify-self-start">
        {runKind(record)}
      </span>
      <span className="line-clamp-2 text-[12.5px] text-soft @max-2xl:col-span-2 @max-2xl:col-start-3 @max-2xl:row-start-3 @max-2xl:justify-self-end">
        {example ? <ExampleBadge /> : optionsInShort(run.kind, choices)}
      </span>
      <span className="flex flex-wrap items-center @max-2xl:col-span-2 @max-2xl:col-start-3 @max-2xl:row-start-2">
        <Outcome {...outcome} />
        {imported ? <ImportedMark /> : null}
      </span>
      <span className="text-right text-soft tabular-nums @max-2xl:col-start-4 @max-2xl:row-start-1">
        {run.took === undefined ? '' : tookOf(run.took)}
      </span>
      <Open number={number} opened={opened} onOpen={onOpen} />
    </li>
  )
}

/** The same in few words, for where it stands alone. */
export function RunBrief({ record, opened, onOpen }: Pick<Props, 'record' | 'opened' | 'onOpen'>) {
  const { number, run, of, imported, example } = record
  return (
    <li
      data-run={number}
      className="-mx-1 relative flex flex-wrap items-center gap-x-2.5 rounded-md px-1 text-[13px] leading-5"
    >
      <span className="text-soft tabular-nums">{clockTime(run.startedAt)}</span>
      <span className="font-mono wrap-anywhere">{of.username ?? 'anyone'}</span>
      <span className="font-medium">{runKind(record)}</span>
      <Outcome {...outcomeOf(run)} />
      {imported ? <ImportedMark /> : null}
      {example ? <ExampleBadge /> : null}
      <span className="text-soft tabular-nums">{run.took === undefined ? '' : tookOf(run.took)}</span>
      <Open number={number} opened={opened} onOpen={onOpen} />
    </li>
  )
}

function ImportedMark() {
  return (
    <span
      className="ml-1.5 rounded-md bg-sunk px-1.5 text-[12px] text-soft"
      title="From a file: it took place elsewhere"
    >
      imported
    </span>
  )
}

function Open({ number, opened, onOpen }: { number: number; opened: boolean; onOpen: () => void }) {
  return (
    <button
      type="button"
      aria-label={`Open run ${number}`}
      aria-current={opened ? 'true' : undefined}
      onClick={onOpen}
      className="absolute inset-0 cursor-pointer rounded-[inherit] hover:bg-ink/4 focus-visible:-outline-offset-2"
    />
  )
}

function Pick({ number, picked, onPick }: { number: number; picked: boolean; onPick: () => void }) {
  return (
    <span className="relative z-1 grid place-items-center before:absolute before:-inset-1.5">
      <input
        type="checkbox"
        aria-label={`Pick run ${number}`}
        checked={picked}
        onChange={onPick}
        className="peer relative size-4 cursor-pointer appearance-none rounded-[5px] border border-faint bg-card checked:border-accent checked:bg-accent forced-colors:appearance-auto"
      />
      <Icon
        name="check"
        className="pointer-events-none absolute size-3 stroke-[2.5] text-accent-ink opacity-0 peer-checked:opacity-100 forced-colors:hidden"
      />
    </span>
  )
}

const marks = {
  done: { d: 'M3.5 8.5 6.5 11.5 12.5 4.75', colour: 'text-ok', words: '' },
  failed: { d: 'M4.5 4.5l7 7m0-7-7 7', colour: 'text-bad', words: 'text-bad' },
  closed: { d: 'M4 8h8', colour: 'text-faint', words: '' },
  working: { d: 'M4 8h.01M8 8h.01M12 8h.01', colour: 'text-accent', words: 'text-soft' },
} as const satisfies Record<RunOutcome['look'], object>

/** Says of a ceremony that it is none of anybody's. */
export function ExampleBadge() {
  return <Badge tone="warn">Example</Badge>
}

/** How it ended: a mark, and the words that say the same. */
export function Outcome({ look, words }: RunOutcome) {
  const mark = marks[look]
  return (
    <span className="flex min-w-0 items-start gap-1.5">
      <LineIcon d={mark.d} className={`mt-0.5 size-4 ${mark.colour}`} />
      <span className={`min-w-0 wrap-anywhere ${mark.words}`}>
        {words.split(' · ').map((part, at) => (
          <Fragment key={part}>
            {at ? ' · ' : ''}
            <span className="inline-block">{part}</span>
          </Fragment>
        ))}
      </span>
    </span>
  )
}
