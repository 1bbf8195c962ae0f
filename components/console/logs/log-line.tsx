import type { LogEntry } from '#lib/contract/logs.ts'
import { askerOf, tookWords, utcExactly, utcOf } from './log-words.ts'

interface Props {
  entry: LogEntry
  now: number
  open: boolean
  columns: string
  /** The id of what it opens. */
  controls: string
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
export function LogLine({ entry, now, open, columns, controls, onOpen }: Props) {
  const { requestId, at, status, operation, method, path, user, reason } = entry
  const bad = status >= 400
  return (
    <li>
      <button
        type="button"
        data-request={requestId}
        aria-expanded={open}
        aria-controls={open ? controls : undefined}
        onClick={onOpen}
        className={`grid w-full cursor-pointer items-center gap-x-3 gap-y-0.5 px-4 py-2 text-left text-[13px] leading-5 transition-colors hover:bg-sunk/60 focus-visible:-outline-offset-2 aria-expanded:bg-accent-wash aria-expanded:shadow-[inset_3px_0_var(--accent)] sm:px-5 ${columns}`}
      >
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
      </button>
    </li>
  )
}
