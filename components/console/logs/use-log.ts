import { useRef } from 'react'
import type { LogEntry } from '#lib/contract/logs.ts'
import { consoleClient } from '../console-client.ts'
import type { Refusal } from '../explain.ts'
import { appendLog, type Log, mergeLog } from '../merge-log.ts'
import { useChange } from '../use-change.ts'
import { useData } from '../use-data.ts'
import { type LogsView, queryOf } from './logs-view.ts'

/** How old the log may be while it is looked at. */
const everyMilliseconds = 2_000
const pageSize = 50

interface Read {
  asked: string
  log: Log<LogEntry>
  news: string
}

export interface LiveLog {
  /** Of this view; that of the one before while this one’s is on its way. */
  items: readonly LogEntry[] | undefined
  /** What came with the last reading, for who cannot see it. */
  news: string
  /** Reads what is behind these; undefined when there is nothing. */
  more: (() => void) | undefined
  reading: boolean
  loading: boolean
  error: Refusal | undefined
  reload: () => Promise<void>
}

const idOf = ({ requestId }: LogEntry) => requestId

/** The requests of a view, live: read again and again while the page is looked at, unless the view has ended. */
export function useLog(view: Omit<LogsView, 'request'>, live: boolean): LiveLog {
  const asked = JSON.stringify(view)
  const last = useRef<Read>(undefined)
  const { run, busy, error: refused } = useChange()
  const load = (cursor?: string) =>
    consoleClient.logs.list({ ...queryOf(view, Date.now()), limit: pageSize, ...(cursor ? { cursor } : {}) })

  const { data, error, loading, reload } = useData<Read>(
    async () => {
      const head = await load()
      const before = last.current?.asked === asked ? last.current : undefined
      const log = mergeLog(before?.log, head, idOf)
      const known = new Set(before?.log.items.map(idOf))
      const came = before ? log.items.filter((entry) => !known.has(idOf(entry))).length : 0
      const news = came ? `${came === 1 ? 'One new request' : `${came} new requests`}.` : (before?.news ?? '')
      last.current = { asked, log, news }
      return last.current
    },
    [asked],
    live ? { every: everyMilliseconds } : {},
  )

  const fresh = data?.asked === asked ? data : undefined
  function more() {
    void run(async () => {
      const cursor = last.current?.log.cursor
      if (!cursor) return
      const page = await load(cursor)
      if (last.current?.asked !== asked) return
      last.current = { ...last.current, log: appendLog(last.current.log, page, idOf) }
      await reload()
    })
  }

  return {
    items: fresh || !error ? data?.log.items : undefined,
    news: fresh?.news ?? '',
    more: fresh?.log.cursor ? more : undefined,
    reading: busy,
    loading: loading && !fresh,
    error: error ?? refused,
    reload,
  }
}
