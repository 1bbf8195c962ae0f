import { useRef } from 'react'
import type { DeliveryFilter, DeliveryView } from '#lib/contract/webhooks.ts'
import { consoleClient } from '../../console-client.ts'
import type { Refusal } from '../../explain.ts'
import { appendLog, type Log, mergeLog } from '../../merge-log.ts'
import { useChange } from '../../use-change.ts'
import { useData } from '../../use-data.ts'
import { newsOf } from './log-news.ts'

/** How old the log may be while it is looked at. */
const everyMilliseconds = 1_500

const idOf = ({ id }: DeliveryView) => id

interface Read {
  asked: string
  log: Log<DeliveryView>
  undelivered: number
  news: string | undefined
}

export interface Deliveries {
  log: Log<DeliveryView> | undefined
  /** How many of all did not arrive. */
  undelivered: number
  /** What came with the last reading that brought something, for who cannot see it. */
  news: string | undefined
  /** Reads what is behind these; undefined when there is nothing. */
  more: (() => void) | undefined
  /** Further ones are being read. */
  reading: boolean
  error: Refusal | undefined
  reload: () => Promise<void>
}

/** An endpoint's log, live: read again and again while the page is looked at. */
export function useDeliveries(id: string, filter: DeliveryFilter | undefined): Deliveries {
  const asked = `${id} ${filter}`
  const last = useRef<Read>(undefined)
  const query = filter ? { status: filter } : {}
  const { run, busy, error: refused } = useChange()

  const { data, error, reload } = useData<Read>(
    async () => {
      const { undelivered, ...head } = await consoleClient.webhooks.deliveries(id, query)
      const before = last.current?.asked === asked ? last.current : undefined
      const log = mergeLog(before?.log, head, idOf)
      const news = (before && newsOf(before.log.items, log.items)) ?? before?.news
      last.current = { asked, log, undelivered, news }
      return last.current
    },
    [asked],
    { every: everyMilliseconds },
  )

  const fresh = data?.asked === asked ? data : undefined
  function more() {
    void run(async () => {
      const cursor = last.current?.log.cursor
      if (!cursor) return
      const page = await consoleClient.webhooks.deliveries(id, { ...query, cursor })
      if (last.current?.asked !== asked) return
      last.current = { ...last.current, log: appendLog(last.current.log, page, idOf) }
      await reload()
    })
  }

  return {
    log: data?.log,
    undelivered: data?.undelivered ?? 0,
    news: fresh?.news,
    more: fresh?.log.cursor ? more : undefined,
    reading: busy,
    error: error ?? refused,
    reload,
  }
}
