'use client'

import { type Dispatch, useEffect, useRef } from 'react'
import type { Action } from '../reduce.ts'
import { openedRun, type RunRecord, type State } from '../state.ts'
import { RunActions } from './run-actions.tsx'
import { mostRuns } from './run-records.ts'
import { RunBrief, RunRow } from './run-row.tsx'

interface Props {
  state: State
  dispatch: Dispatch<Action>
  /** What is on show is about no ceremony: one line of it is enough. */
  folded: boolean
  baseUrl: string
  onPresent: (record: RunRecord) => void
  onOpen: (number: number) => void
  onImport: () => void
  onShortcuts: () => void
  onStartOver: () => void
}

/**
 * Every ceremony of this tab as a line, newest first; a press opens it. The first one alone is one line, with nothing to
 * compare it with.
 */
export function RunList({ state, dispatch, folded, onOpen, ...on }: Props) {
  const { runs, picked, opened } = state
  const list = useRef<HTMLOListElement>(null)
  const brief = folded || runs.length === 1 ? (openedRun(state) ?? runs.at(-1)) : undefined

  // What was opened by a key or a step is brought into sight, inside the list alone.
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>(`[data-run="${opened}"]`)
    if (!list.current || !row) return
    const { offsetTop, offsetHeight } = row
    const { scrollTop, clientHeight } = list.current
    if (offsetTop < scrollTop) list.current.scrollTop = offsetTop
    else if (offsetTop + offsetHeight > scrollTop + clientHeight)
      list.current.scrollTop = offsetTop + offsetHeight - clientHeight
  }, [opened])

  return (
    <section
      aria-label="Runs"
      data-testid="runs"
      className="@container rounded-card border border-line bg-card shadow-lift"
    >
      <RunActions state={state} dispatch={dispatch} {...on}>
        {brief ? (
          <ol aria-label="Runs">
            <RunBrief record={brief} opened={brief.number === opened} onOpen={() => onOpen(brief.number)} />
          </ol>
        ) : null}
      </RunActions>
      {brief ? null : (
        <ol
          ref={list}
          aria-label="Runs"
          className="relative max-h-[205px] overflow-y-auto rounded-b-card border-line border-t [scrollbar-width:thin]"
        >
          {runs.toReversed().map((record) => (
            <RunRow
              key={record.number}
              record={record}
              opened={record.number === opened}
              picked={picked.includes(record.number)}
              onOpen={() => onOpen(record.number)}
              onPick={() => dispatch({ type: 'run-picked', number: record.number })}
            />
          ))}
          {(runs[0]?.number ?? 1) > 1 ? (
            <li className="px-4 py-1.5 text-[12.5px] text-soft">
              Older ones are gone: a tab keeps {mostRuns} at most, and fewer where the browser has no room.
            </li>
          ) : null}
        </ol>
      )}
    </section>
  )
}
