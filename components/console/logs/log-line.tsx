import type { LogEntry } from '#lib/contract/logs.ts'
import { ListLine } from '../list-with-pane.tsx'
import { askerOf, tookWords, utcExactly, utcOf } from './log-words.ts'

interface Props {
  entry: LogEntry
  now: number
  open: boolean
  columns: string
  onOpen: () => void
}

const narrow = 'grid-cols-[auto_2rem_minmax(0,1fr)_auto]'

/** How the columns of lines stand: where there is room for all, and where there is not; `dated`: where some are not of today. */
export function columnsOf(dated: boolean): string {
  return dated
    ? `${narrow} @2xl:grid-cols-[7.5rem_2rem_minmax(0,2.6fr)_minmax(0,1fr)_minmax(0,1.1fr)_4rem]`
    : `${narrow} @2xl:grid-cols-[4rem_2rem_minmax(0,2.6fr)_minmax(0,1fr)_minmax(0,1.1fr)_4rem]`
}

/** One request: when, how it was answered, what was asked, about whom, by whom, and how long it took. */
export function LogLine({ entry, now, open, columns, onOpen }: Props) {
  const { requestId, at, status, operation, method, path, user, reason } = entry
  const bad = status >= 400
  return (
    <ListLine id={requestId} open={open} onClick={onOpen} className={`py-2 ${columns}`}>
      <time dateTime={at} title={utcExactly(at)} className="whitespace-nowrap text-soft tabular-nums">
        {utcOf(at, now)}
      </time>
      <span className={`font-mono font-semibold ${bad ? 'text-bad' : 'text-ok'}`}>
        {status}
        <span className="sr-only">{bad ? ', refused' : ''}</span>
      </span>
      <span className="min-w-0 font-mono @2xl:truncate @max-2xl:wrap-anywhere" title={reason ?? undefined}>
        {operation?.split(/(?=\.)/).flatMap((part) => [<wbr key={part} />, part]) ?? `${method} ${path}`}
      </span>
      <span className="truncate font-mono text-soft @max-2xl:col-span-2 @max-2xl:col-start-3 @max-2xl:row-start-2">
        {user?.username ?? user?.id ?? '–'}
      </span>
      <span className="truncate text-soft @max-2xl:hidden">{askerOf(entry)}</span>
      <span className="whitespace-nowrap text-right text-soft tabular-nums @max-2xl:col-start-4 @max-2xl:row-start-1">
        {tookWords(entry.milliseconds)}
      </span>
    </ListLine>
  )
}
