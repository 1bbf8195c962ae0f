import { useRef, useState } from 'react'
import type { AuditEvent } from '#lib/contract/audit.ts'
import { consoleClient } from '../console-client.ts'
import type { Refusal } from '../explain.ts'
import { useChange } from '../use-change.ts'
import { useData } from '../use-data.ts'
import type { AuditFilter } from './audit-view.ts'

interface Audit {
  /** What was read so far, newest first; that of the filter before while this one's is on its way. */
  events: AuditEvent[] | undefined
  /** Reads the events behind these; undefined when there are none, or they are not known yet. */
  more: (() => void) | undefined
  error: Refusal | undefined
  /** Reads the filter's first events again. */
  again: () => Promise<void>
  /** The filter's first events are being read. */
  loading: boolean
  /** Further events are being read. */
  reading: boolean
}

interface Pages {
  asked: string
  events: AuditEvent[]
  cursor: string | null
}

/** The audit log through a filter, page after page. */
export function useAudit(filter: AuditFilter): Audit {
  const asked = JSON.stringify(filter)
  const [further, add] = useState<Pages>()
  const current = useRef(asked)
  current.current = asked
  const { run, busy, error: refused } = useChange()

  const first = useData<Pages>(async () => {
    const { data, nextCursor } = await consoleClient.audit(filter)
    return { asked, events: data, cursor: nextCursor }
  }, [asked])

  const fresh = first.data?.asked === asked
  const pages = further?.asked === asked && fresh ? further : first.data
  const cursor = fresh ? pages?.cursor : undefined

  function more(): void {
    if (!pages || !cursor) return
    void run(async () => {
      const { data, nextCursor } = await consoleClient.audit({ ...filter, cursor })
      if (current.current === asked) add({ asked, events: [...pages.events, ...data], cursor: nextCursor })
    })
  }

  return {
    events: fresh || !first.error ? pages?.events : undefined,
    more: cursor ? more : undefined,
    error: first.error ?? refused,
    again: first.reload,
    loading: first.loading,
    reading: busy,
  }
}
