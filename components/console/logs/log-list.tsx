import type { LogEntry } from '#lib/contract/logs.ts'
import { ListLines } from '../list-with-pane.tsx'
import { columnsOf, LogLine } from './log-line.tsx'

interface Props {
  entries: readonly LogEntry[]
  now: number
  /** The id of the one that is open. */
  opened: string
  onOpen: (requestId: string) => void
}

/** Requests, newest first. */
export function LogList({ entries, now, opened, onOpen }: Props) {
  const today = new Date(now).toISOString().slice(0, 10)
  const columns = columnsOf(entries.some(({ at }) => !at.startsWith(today)))

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
      <ListLines label="Requests">
        {entries.map((entry) => (
          <LogLine
            key={entry.requestId}
            entry={entry}
            now={now}
            columns={columns}
            open={entry.requestId === opened}
            onOpen={() => onOpen(entry.requestId)}
          />
        ))}
      </ListLines>
    </>
  )
}
