import { type KeyboardEvent, useRef } from 'react'
import type { LogEntry } from '#lib/contract/logs.ts'
import { columnsOf, LogLine } from './log-line.tsx'

interface Props {
  entries: readonly LogEntry[]
  now: number
  /** The id of the one that is open, and of what it opened. */
  opened: string
  controls: string
  onOpen: (requestId: string) => void
}

/** Requests, newest first. Tab, or the arrows, Home and End, move between them; Enter opens one. */
export function LogList({ entries, now, opened, controls, onOpen }: Props) {
  const list = useRef<HTMLUListElement>(null)
  const today = new Date(now).toISOString().slice(0, 10)
  const columns = columnsOf(entries.some(({ at }) => !at.startsWith(today)))

  function move(event: KeyboardEvent) {
    const lines = [...(list.current?.querySelectorAll<HTMLElement>('[data-request]') ?? [])]
    const at = lines.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key]
    const next = to === undefined ? undefined : lines[to]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  return (
    <>
      <div
        aria-hidden="true"
        className={`hidden gap-x-3 border-line border-b px-5 py-2 text-[12.5px] text-soft @2xl:grid ${columns}`}
      >
        <span>Time, UTC</span>
        <span />
        <span>Operation</span>
        <span>User</span>
        <span>Key or client</span>
        <span className="text-right">Took</span>
      </div>
      <ul ref={list} aria-label="Requests" onKeyDown={move} className="divide-y divide-line">
        {entries.map((entry) => (
          <LogLine
            key={entry.requestId}
            entry={entry}
            now={now}
            columns={columns}
            open={entry.requestId === opened}
            controls={controls}
            onOpen={() => onOpen(entry.requestId)}
          />
        ))}
      </ul>
    </>
  )
}
